"""Events: the names under which they are stored."""

from atalaia.core.events import EVENT_TYPES, UNSTORED, Event, LogLine, ServerStopped, type_name
from support.builders import START


def test_an_event_is_stored_under_its_tag() -> None:
    assert type_name(ServerStopped(time=START, version="1", pid=7)) == "server_stopped"
    assert type_name(LogLine(time=START, text="x")) == "log_line"


def test_no_two_events_share_a_name() -> None:
    kinds: list[type[Event]] = [*EVENT_TYPES, *UNSTORED]
    tags = [kind.__struct_config__.tag for kind in kinds]

    assert len(set(tags)) == len(tags)
