"""Preferences and weights at the keyboard."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

import portevoix
from cities.folder import CityFolder
from tests.operate.test_acts import Say, say
from tests.review.learnt import PROPOSAL, learnt
from tests.review.snapshots import AS_OF, night

__all__ = ["say"]

LOU, ZOE = "mastodon:lou@saone.example", "mastodon:zoe@halle.example"


def test_a_preference_is_said_listed_and_taken_back(say: Say) -> None:
    preference_id = say(f"prefer montreval {LOU} {ZOE} --theme wine")
    assert say("preference list montreval") == f"{preference_id}  {LOU}  {ZOE}  wine"
    say(f"preference withdraw montreval {preference_id}")
    assert say("preference list montreval") == ""


def test_weights_are_shown_accepted_and_put_back(say: Say, folder: CityFolder) -> None:
    night().write(folder.snapshot_file(AS_OF))
    shown = say("weights show montreval").splitlines()
    assert shown[0] == "reach  city 0.550  in use 0.550  proposed 0.300"
    assert shown[-2:] == [f"proposed: {PROPOSAL}", "accepted: none"]
    say(f"weights accept montreval {PROPOSAL}")
    assert say("weights show montreval").endswith(f"accepted: {PROPOSAL}")
    say("weights put-back montreval")
    assert say("weights show montreval").endswith("accepted: none")


@pytest.mark.parametrize("state", ["too_few", "no_gain"])
def test_what_is_not_proposed_is_refused(say: Say, folder: CityFolder, state: str) -> None:
    made = night()
    made.tables |= learnt(AS_OF, state=state)
    made.write(folder.snapshot_file(AS_OF))
    assert say("weights show montreval").endswith("accepted: none")
    done = CliRunner().invoke(portevoix.app, ["weights", "accept", "montreval", PROPOSAL])
    assert "proposes no such weights" in str(done.exception)
