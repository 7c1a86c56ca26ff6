"""Why an author has the scores that they have, in a terminal: sentences, bars and sums."""

from __future__ import annotations

__all__ = ["explain_author"]

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from cities.blocking import block_hash
from cities.brief import Account
from cities.errors import PortevoixError
from cities.folder import CityFolder
from cities.settings import Settings
from decisions.store import open_store
from operate.arguments import Language
from review.blocked import blocked_now
from review.drawing import HALF_BAR as FULL_BAR
from review.explaining import Reason, explained
from review.formats import Formats
from review.languages import translations_of
from review.sentences import Sentences
from review.telling import told
from review.theme_words import known_labels
from review.words import WORDS
from scoring.explain import Explanation, Row, explain

HALF_BAR = 12
SNIPPET = 100


def explain_author(
    folder: CityFolder,
    account: Account,
    *,
    settings: Settings,
    console: Console,
    language: Language,
) -> None:
    """Print each score of an author; raises `PortevoixError` when there is none to tell."""
    who = f"{account.platform}:{account.author_id}"
    with open_store(settings) as store:
        blocked = blocked_now(store, folder.city_id)
    if block_hash(settings.block_key(), account.platform, account.author_id) in blocked:
        raise PortevoixError(f"{who}: objected, so nothing is told of them")
    found = explain(folder, account)
    if found is None:
        raise PortevoixError(
            f"{who}: no night of {folder.city_id} scored this author; they may be unknown, only"
            " listened to, or gone"
        )
    labels = folder.city().theme_labels
    themes = known_labels(language) | {name: getattr(labels[name], language) for name in labels}
    _Teller(console, language, Sentences(language, themes)).tell(who, found)


@dataclass(frozen=True, slots=True)
class _Teller:
    console: Console
    language: Language
    sentences: Sentences

    def tell(self, who: str, found: Explanation) -> None:
        self._line(who, style="bold")
        for rank in found.ranks:
            self._rank(rank)
        if found.ranks and found.weights:
            self._weights(found.weights)
        for score in found.scores:
            self._score(score, found.posts.get((score["score"], score["theme"]), ()))

    def _rank(self, rank: Row) -> None:
        theme = self._theme(rank["theme"])
        place = self._say("%(place)s of %(all)s") % {
            "place": rank["position"], "all": rank["count_ranked"]
        }  # fmt: skip
        band = self._say("Band %(band)s") % {"band": rank["band"]}
        self._line(f"\n{theme} · {place} · {band}", style="bold")
        self._evidence("ranking", rank["evidence"], rank["score"])

    def _weights(self, weights: Sequence[Row]) -> None:
        total = sum(one["now"] for one in weights)
        shares = ", ".join(
            f"{self._say(WORDS['weight'][one['name']]).lower()}"
            f" {Formats(self.language).percent(one['now'] / total)}"
            for one in weights
        )
        whose = "those of the city"
        if weights[0]["is_learnt"]:
            whose = "learnt from preferences, accepted by a person"
        self._line(f"{self._say('Weights in use:')} {shares} ({self._say(whose)})", style="dim")

    def _score(self, score: Row, posts: Sequence[Row]) -> None:
        kind = score["score"]
        name = (
            self._say("Affinity: %(theme)s") % {"theme": self._theme(score["theme"])}
            if kind == "affinity"
            else self._say(WORDS["score"].get(kind, kind))
        )
        self._line(f"\n{name}", style="bold")
        self._line(told(score, self.language))
        if score["label"] == "automated":
            return
        self._evidence(kind, score["evidence"], score["total"])
        self._line(self._say(WORDS["scale"].get(score["scale"], "")), style="dim")
        if posts:
            self._line(self._say("Posts that weigh most"))
        for post in posts:
            text = " ".join(post["text"].split())
            self._line(f"  {post['published_at']:%Y-%m-%d} {text[:SNIPPET]}")

    def _evidence(self, kind: str, evidence: list[Row], total: float) -> None:
        formats = Formats(self.language)
        table = Table(show_footer=True)
        table.add_column(self._say("What was found"), self._say("Sum"), overflow="fold")
        table.add_column(self._say("against").rjust(HALF_BAR) + "│" + self._say("for"))
        table.add_column(
            self._say("Contribution"), formats.signed(total or 0), justify="right", no_wrap=True
        )
        for reason in explained(kind, evidence, self.sentences):
            table.add_row(
                escape(reason.sentence), _bar(reason), formats.signed(reason.contribution)
            )
        self.console.print(table)

    def _theme(self, theme: str) -> str:
        return self.sentences.themes.get(theme, theme) if theme else self._say(WORDS["theme"][""])

    def _say(self, message: str) -> str:
        return str(translations_of(self.language).gettext(message)) if message else ""

    def _line(self, text: str, style: str = "") -> None:
        if text:
            self.console.print(text, style=style, markup=False, highlight=False)


def _bar(reason: Reason) -> str:
    """A bar to the right of the axis for, to the left against; the largest fills its half."""
    cells = "█" * max(round(HALF_BAR * reason.bar.width / FULL_BAR), 1)
    return f"{' ' * HALF_BAR}│{cells}" if reason.bar.is_for else f"{cells.rjust(HALF_BAR)}│"
