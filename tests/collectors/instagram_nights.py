"""The demo city with Instagram alone, and its nights."""

from __future__ import annotations

import shutil
from datetime import datetime
from typing import Any

import yaml
from pydantic import SecretStr

from cities.folder import CityFolder
from cities.settings import Settings
from collectors.landing import Outcome
from collectors.run import collect
from demo.serve import Proxy
from tests.collectors.nights import write_briefs
from tests.contracts.trials import instagram_official, instagram_web
from tests.demo.small_world import NIGHT_1

OFFICIAL, WEB = "instagram-official", "instagram-web"
SECRETS = {
    "instagram_token": SecretStr("demo-token"),
    "instagram_session": SecretStr("demo:demo-token"),
}


class Nights:
    """The city's nights with Instagram, both ways, against one proxy."""

    def __init__(self, folder: CityFolder, settings: Settings, proxy: Proxy) -> None:
        self.folder = folder
        self.settings = settings.model_copy(update=SECRETS)
        self.proxy = proxy
        self.write_city()

    def write_city(self, *, hashtags: list[str] | None = None, **fields: Any) -> None:
        """Write the city file with both sources; `fields` go over those of the web one."""
        city = yaml.safe_load(self.folder.city_file.read_text(encoding="utf-8"))
        web = {**instagram_web.TRIAL.source, **fields}
        city["sources"] = [dict(instagram_official.TRIAL.source), web]
        if hashtags is not None:
            city["names"]["hashtags"] = hashtags
        self.folder.city_file.write_text(yaml.safe_dump(city, allow_unicode=True), encoding="utf-8")

    def night(self, source_id: str, night: datetime = NIGHT_1, **clock: datetime) -> Outcome:
        """One night of one way; the platform is seen at the same moment, or at `now`."""
        self.proxy.set_clock(clock.get("now", night))
        write_briefs(self.folder, night)
        return collect(self.folder, source_id, night, settings=self.settings)

    def asked(self, host: str, path: str) -> int:
        """How many questions a host got whose path begins so."""
        asked = self.proxy.requests().get(host, {})
        return sum(count for each, count in asked.items() if each.startswith(path))

    def forget(self) -> None:
        """Remove all that was landed and every cursor, as if no night had been."""
        for folder in ("landing", "state"):
            shutil.rmtree(self.folder.root / folder, ignore_errors=True)
        self.folder.make()

    def without(self, *secrets: str) -> None:
        """Take secrets away."""
        self.settings = self.settings.model_copy(update=dict.fromkeys(secrets))
