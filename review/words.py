"""The words that pages use for the codes of the stores; a code without a word shows as it is."""

from __future__ import annotations

__all__ = ["WORDS"]

from collections.abc import Mapping

from review.languages import mark

# kind of code → code → message (English; the catalogs translate it)
WORDS: Mapping[str, Mapping[str, str]] = {
    # The words of themes are data of the night: review/theme_words.py.
    "theme": {
        "": mark("Overall"),
    },
    "platform": {
        "mastodon": "Mastodon",
        "x": "X",
        "instagram": "Instagram",
        "blog": mark("Blogs and local media"),
        "import": mark("Imported files"),
        "bodacc": "BODACC",
        "sirene": "SIRENE",
    },
    "use": {
        "listen": mark("Listen: counts and themes, no person"),
        "members": mark("Members: only people who joined and linked this account"),
        "rank": mark("Rank: public authors are scored"),
    },
    "state": {
        "done": mark("Complete"),
        "waiting": mark("Waiting"),
        "failed": mark("Failed"),
        "missing": mark("Missing"),
        "off": mark("Off"),
    },
    "residency": {
        "confirmed": mark("Lives here: they said so"),
        "probable": mark("Probably lives here"),
        "unknown": mark("Not known to live here"),
        "not_resident": mark("Does not live here"),
    },
    "account_type": {
        "business": mark("a business"),
        "association": mark("an association"),
        "institution": mark("an institution"),
        "media": mark("a media outlet"),
    },
    "score": {
        "ranking": mark("Place in the overall ranking"),
        "residency": mark("Lives in the city"),
        "reach": mark("Reach in the city"),
        "account_type": mark("Who holds the account"),
    },
    "weight": {
        "reach": mark("Reach"),
        "affinity": mark("Affinity"),
        "regularity": mark("Regularity"),
    },
    "kept_for": {
        "newcomer": mark("Place kept for a newcomer"),
        "small_account": mark("Place kept for a small account"),
    },
    "band": {
        "kept": mark("speaks of the city"),
        "to_review": mark("to check: may speak of the city"),
        "dropped": mark("probably speaks of something else"),
    },
    "scale": {
        "log-odds": mark(
            "Contributions are in log-odds: +0.7 about doubles the odds, −0.7 about halves them."
        ),
        "log-people": mark(
            "Contributions are in log-people: +0.7 about doubles the number of people reached."
        ),
        "share": mark("Contributions are parts of a share: they add up to the value."),
    },
    "constraint": {
        "size": mark("People in the team"),
        "newcomers": mark("People never invited before"),
        "small_accounts": mark("People with a small audience"),
        "middle_accounts": mark("People with a middle audience"),
        "large_accounts": mark("People with a large audience"),
        "theme": mark("People who bring the theme"),
        "platform_least": mark("People met above all on the platform"),
        "platform_most": mark("People met above all on the platform"),
    },
    "kind": {
        "opening": mark("Opening"),
        "business": mark("Business already there"),
        "project": mark("Project of the city"),
    },
    "opening_state": {
        "candidate": mark("To confirm"),
        "confirmed": mark("Confirmed"),
        "aside": mark("Set aside"),
        "old": mark("Already there"),
    },
    "aside": {
        "head_office": mark("Head office, without a shop"),
        "at_home": mark("Sole trader at home"),
        "no_public": mark("Does not receive the public"),
        "known": mark("Not new: moved, or changed hands"),
        "closed": mark("Closed again"),
        "asked": mark("The business asked to be left out"),
    },
    "invitation": {
        "chosen": mark("Chosen, not asked yet"),
        "sent": mark("Asked"),
        "accepted": mark("Said yes"),
        "declined": mark("Said no"),
        "came": mark("Came"),
    },
    "invitation_step": {
        "sent": mark("I sent the letter"),
        "accepted": mark("Said yes"),
        "declined": mark("Said no"),
        "came": mark("Came"),
    },
    "relay": {
        "": mark("To relay"),
        "asked": mark("Permission asked"),
        "granted": mark("Permission given"),
        "refused": mark("Permission refused"),
        "relayed": mark("Relayed"),
    },
    "relay_step": {
        "asked": mark("Back to: permission asked"),
        "granted": mark("Permission given"),
        "refused": mark("Permission refused or withdrawn"),
        "relayed": mark("I relayed it"),
    },
    "count": {
        "count_posts": mark("Posts"),
        "count_authors": mark("Authors"),
        "count_edges": mark("Links between authors"),
        "count_openings": mark("Openings"),
        "count_gone": mark("Withdrawn at the source"),
        "count_opted_out": mark("Set aside: their author opted out"),
        "count_blocked": mark("Set aside: their author objected"),
        "count_odd": mark("Records that could not be read"),
    },
}
