"""The verbs by which a person decides: members, corrections, objections, openings, occasions,
invitations, relays, preferences, weights.

Each is one act of a named person in the decisions store; the next night's brief carries it. An
author is written `platform:author_id`, such as `mastodon:lou_verriers@saone.example`.
"""

from __future__ import annotations

__all__ = ["acts"]

import typer

from operate.acts_author import author, correction
from operate.acts_member import member
from operate.acts_occasion import invite, occasion
from operate.acts_opening import opening
from operate.acts_preference import prefer, preference, weights
from operate.acts_relay import relay
from operate.acts_rule import rule

acts = typer.Typer(no_args_is_help=True)
acts.add_typer(author)
acts.add_typer(correction, name="correction")
acts.add_typer(member, name="member")
acts.add_typer(opening, name="opening")
acts.add_typer(occasion, name="occasion")
acts.add_typer(invite, name="invite")
acts.add_typer(relay, name="relay")
acts.add_typer(rule, name="rule")
acts.add_typer(prefer)
acts.add_typer(preference, name="preference")
acts.add_typer(weights, name="weights")
