"""External commands in tests: a world in which each makes sense, and what a refused one leaves alone."""

from copy import copy
from typing import Any

from atalaia.core.events import CommandReceived, CommandRefused, CommandSeen, LogLine
from atalaia.core.objects import ContactGroup, HostGroup, Model, ServiceGroup
from support.builders import (
    NEVER_OPEN,
    START,
    Story,
    a_contact,
    a_host,
    a_model,
    a_service,
    call,
    open_between,
)

HTTP, SSH, SQL = ("web", "http"), ("web", "ssh"), ("db", "sql")
ROUTER, WEB, DB = ("router", ""), ("web", ""), ("db", "")

BEGIN, END = START + 100, START + 200


def a_little_of_everything(**settings: Any) -> Model:
    """A router, behind it web with two services, behind that db with one; groups of all kinds."""
    more: dict[str, Any] = {"custom": {"COLOUR": "red"}, "event_handler": call("own")}
    return a_model(
        a_host("router"),
        a_host("web", parents=("router",), address="10.0.0.1", **more),
        a_host("db", parents=("web",)),
        a_service("http", max_check_attempts=1, **more),
        a_service("ssh"),
        a_service("sql", "db"),
        a_contact("ana", custom={"COLOUR": "red"}),
        a_contact("bia"),
        HostGroup(hostgroup_name="racks", alias="racks", members=("router", "web")),
        HostGroup(hostgroup_name="empty", alias="empty"),
        ServiceGroup(servicegroup_name="front", alias="front", members=(HTTP, SSH, SQL)),
        ContactGroup(contactgroup_name="ops", alias="ops", members=("ana", "bia")),
        NEVER_OPEN,
        open_between(0, 3600),
        **settings,
    )


def a_story(**settings: Any) -> Story:
    """A little of everything, ten seconds after its start."""
    return Story(a_little_of_everything(**settings)).at(10).forget()


def a_busy_story(**settings: Any) -> Story:
    """The same, where web is down and its http critical; each has a comment and a planned downtime.

    Comments 1 and downtime 1 are the host's, 2 the service's.
    """
    story = a_story(**settings)
    story.host("web", 1)
    story.service(HTTP, 2)
    for order in (
        "ADD_HOST_COMMENT;web;1;ana;hm",
        "ADD_SVC_COMMENT;web;http;1;ana;hm",
        f"SCHEDULE_HOST_DOWNTIME;web;{BEGIN:.0f};{END:.0f};1;0;0;ana;work",
        f"SCHEDULE_SVC_DOWNTIME;web;http;{BEGIN:.0f};{END:.0f};1;0;0;ana;work",
    ):
        story.order(order)
        assert story.refusal is None, order
    return story.forget()


def standing(story: Story) -> dict[str, Any]:
    """Everything that a command can change, as it stands."""
    world = story.world
    pending = {key: world.queue.get(key) for key in world.topology.checkables}
    return {
        "states": {key: copy(known) for key, known in world.states.items()},
        "comments": list(world.comments),
        "downtimes": list(world.downtimes.book),
        "changes": world.changes.all(),
        "model": world.model,
        "hosts": dict(world.model.hosts),
        "services": dict(world.model.services),
        "contacts": dict(world.model.contacts),
        "contact_states": dict(world.contacts),
        "queue": {key: (due.at, due.forced) for key, due in pending.items() if due},
        "agenda": sorted((one.at, one.topic.name, one.number, one.key) for _, _, one in world.agenda._heap),
        "numbers": copy(world.ids),
    }


def ordered(story: Story, text: str) -> Story:
    """Gives a command that must be carried out; only what follows from it is seen."""
    story.forget().order(text)
    assert story.refusal is None, f"{text}: {story.refusal}"
    return story


def refused(story: Story, text: str) -> str:
    """Gives a command that must be refused and change nothing; says why."""
    before = standing(story)

    story.forget().order(text)

    assert story.refusal is not None, f"{text} was carried out"
    assert standing(story) == before
    effects = story.effects
    assert [type(one) for one in effects.events if not isinstance(one, (CommandSeen, LogLine))] == [
        CommandRefused
    ], effects.events
    assert not story.happened(CommandReceived)
    left = (effects.changed, effects.comments, effects.downtimes, effects.changes, effects.contacts)
    assert left == ({}, {}, {}, {}, {})
    assert (effects.tellings, effects.wishes) == ([], [])
    return str(story.refusal)
