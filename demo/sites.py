"""Which site answers for which host of a world. To play another platform: a line here."""

from __future__ import annotations

__all__ = ["sites_of"]

from collections.abc import Mapping

from demo.answers.blog import BlogSite
from demo.answers.bodacc import BodaccSite
from demo.answers.instagram import InstagramView
from demo.answers.instagram_graph import GraphSite
from demo.answers.instagram_web import WebSite
from demo.answers.mastodon import MastodonSite
from demo.answers.sirene import SireneSite
from demo.answers.x import XSite
from demo.exchange import Site
from demo.limits import Limits, PlatformLimits
from demo.quota import Quota
from demo.world import World


def sites_of(world: World, limits: Limits) -> tuple[Mapping[str, Site], list[Quota]]:
    """host → site, and every quota, so that a new night may renew them."""
    quotas: list[Quota] = []
    sites: dict[str, Site] = {}

    def quota(of: PlatformLimits) -> Quota:
        quotas.append(Quota(of))
        return quotas[-1]

    for instance in world.file.instances:
        sites[instance.host] = MastodonSite(
            world, instance, limits=limits.mastodon, quota=quota(limits.mastodon)
        )
    for website in world.file.sites:
        site = BlogSite(world, website, limits=limits.blog, quota=quota(limits.blog))
        sites |= dict.fromkeys((website.host, f"www.{website.host}"), site)
    register = world.file.bodacc
    sites[register.host] = BodaccSite(
        world.openings, register.dataset, limits=limits.bodacc, quota=quota(limits.bodacc)
    )
    if world.file.sirene is not None:
        sites[world.file.sirene.host] = SireneSite(
            world.openings,
            world.file.sirene,
            limits=limits.sirene,
            quota=quota(limits.sirene),
        )
    if world.file.x is not None:
        x_site = XSite(world, world.file.x, limits=limits.x, quota=quota(limits.x))
        sites.update(dict.fromkeys(world.file.x.hosts, x_site))
    if (service := world.file.instagram) is not None:
        view = InstagramView(world)
        graph, web = limits.instagram_official, limits.instagram_web
        sites[service.graph_host] = GraphSite(view, service, limits=graph, quota=quota(graph))
        web_site = WebSite(view, service, limits=web, quota=quota(web))
        sites |= dict.fromkeys(service.web_hosts, web_site)
    return sites, quotas
