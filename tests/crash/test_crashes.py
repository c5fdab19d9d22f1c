"""`kill -9` at any moment loses nothing that was answered, and no message.

``ATALAIA_KILLS=200 pytest tests/crash -s`` plays the long version and prints its figures.
"""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from atalaia.core.objects import ObjectKey
from support.crashing import Crashes

KILLS = int(os.environ.get("ATALAIA_KILLS", "12"))
SEED = int(os.environ.get("ATALAIA_SEED", "7"))

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120 + 5 * KILLS)]


@pytest.fixture(scope="module")
def crashes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crashes]:
    """The story after the last kill, everybody told, the server still up."""
    played = Crashes(tmp_path_factory.mktemp("crashes"), kills=KILLS, seed=SEED)
    try:
        played.run()
        yield played
    finally:
        played.server.close()


def events(crashes: Crashes, kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while page := crashes.server.get(f"/events?type={kind}&after={found[-1]['id'] if found else 0}&limit=500")[
        "items"
    ]:
        found += page
    return found


def test_every_state_is_as_in_the_undisturbed_story(crashes: Crashes) -> None:
    states = crashes.story.world.states

    found = {
        (one["host"], one["description"]): (one["state"], one["output"], one["acknowledged"])
        for one in crashes.server.all("/services")
    }

    services = crashes.story.world.model.services
    expected = {
        key: (
            service.state_name(states[key].state) if states[key].has_been_checked else "PENDING",
            states[key].output,
            states[key].acknowledged,
        )
        for key, service in services.items()
    }
    assert found == expected


def test_no_change_of_state_is_lost_or_doubled(crashes: Crashes) -> None:
    found: dict[ObjectKey, list[str]] = {}
    for one in events(crashes, "state_changed"):
        found.setdefault((one["host"], one["service"]), []).append(f"{one['state']};{one['output']}")

    assert found == crashes.story.changes()


def test_no_comment_is_lost_or_doubled(crashes: Crashes) -> None:
    found = Counter(
        (one["host"], one["service"], one["text"])
        for one in crashes.server.all("/comments")
        if one["kind"] != "downtime"
    )

    expected = Counter(
        (one.host, one.service, one.text) for one in crashes.story.world.comments if one.kind.name != "DOWNTIME"
    )
    assert found == expected


def test_no_downtime_is_lost_or_doubled(crashes: Crashes) -> None:
    found = Counter((one["host"], one["service"], one["comment"]) for one in crashes.server.all("/downtimes"))

    expected = Counter((one.host, one.service, one.text) for one in crashes.story.world.downtimes.book)
    assert found == expected


def test_no_message_is_lost_and_one_that_comes_twice_has_the_same_key(crashes: Crashes, tmp_path: Path) -> None:
    folder = Path(crashes.server._main).parent
    told = (folder / "told").read_text().splitlines()

    found: dict[ObjectKey, list[str]] = {}
    for key in dict.fromkeys(told):
        host, service, _, kind, *_ = key.split(";")
        found.setdefault((host, service), []).append(kind)

    crashes.figures.messages = len(told)
    crashes.figures.duplicates = len(told) - len(set(told))
    print(crashes.figures)
    assert found == crashes.story.messages()
    assert crashes.figures.duplicates <= crashes.figures.kills
