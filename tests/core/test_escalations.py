"""Escalations: who is told instead of an object's own contacts, how often, and who hears that it is over."""

from typing import Any

import pytest

from atalaia.core.events import NotificationQueued
from atalaia.core.objects import ContactGroup, Escalation, Model
from atalaia.core.telling import Recoveries
from support.builders import (
    NEVER_OPEN,
    Story,
    a_contact,
    a_host,
    a_model,
    a_service,
    an_escalation,
    open_between,
)

HTTP, WEB = ("web", "http"), ("web", "")


def escalated(*escalations: Escalation, **fields: Any) -> Model:
    """A service that is told every 10 s to ana, with escalations to others."""
    return a_model(
        a_host(),
        a_service(**({"max_check_attempts": 1, "notification_interval": 10.0} | fields)),
        *(a_contact(name) for name in ("ana", "bia", "caio")),
        ContactGroup(contactgroup_name="ops", alias="ops", members=("caio", "bia")),
        NEVER_OPEN,
        open_between(15, 25),
        *escalations,
    )


def told_at(story: Story, *seconds: float, state: int = 2) -> list[list[str]]:
    """Who is told of a result at each second."""
    found = []
    for second in seconds:
        effects = story.at(second).service(HTTP, state)
        found.append([one.contact for one in effects.events if isinstance(one, NotificationQueued)])
    return found


def test_without_escalations_the_objects_contacts_are_told_each_time() -> None:
    assert told_at(Story(escalated()), 0, 10, 20) == [["ana"]] * 3


def test_from_its_first_to_its_last_number_an_escalation_replaces_the_objects_contacts() -> None:
    story = Story(escalated(an_escalation(2, 3)))

    assert told_at(story, 0, 10, 20, 30) == [["ana"], ["bia"], ["bia"], ["ana"]]


def test_a_last_number_of_0_is_no_end() -> None:
    assert told_at(Story(escalated(an_escalation(2, 0))), 0, 10, 20, 30) == [["ana"], ["bia"], ["bia"], ["bia"]]


def test_an_escalation_without_numbers_holds_never() -> None:
    assert told_at(Story(escalated(an_escalation(-2, -2))), 0, 10) == [["ana"], ["ana"]]


def test_all_escalations_that_hold_are_told_each_contact_once() -> None:
    story = Story(escalated(an_escalation(2), an_escalation(2, contacts=("caio", "bia"))))

    assert told_at(story, 0, 10) == [["ana"], ["bia", "caio"]]


def test_an_escalation_may_name_groups() -> None:
    story = Story(escalated(an_escalation(2, contacts=(), contact_groups=("ops",))))

    assert told_at(story, 0, 10) == [["ana"], ["bia", "caio"]]


def test_an_escalation_holds_for_the_states_that_it_names() -> None:
    story = Story(escalated(an_escalation(1, escalation_options="c")))

    assert told_at(story, 0, state=1) == [["ana"]]
    assert told_at(story, 10, state=2) == [["bia"]]


def test_an_escalation_holds_within_its_period() -> None:
    story = Story(escalated(an_escalation(1, escalation_period="hours")))

    assert told_at(story, 0, 10, 20, 30) == [["ana"], ["ana"], ["bia"], ["ana"]]


def test_the_smallest_interval_of_those_that_hold_decides_when_people_are_told_again() -> None:
    story = Story(
        escalated(
            an_escalation(1, notification_interval=8.0),
            an_escalation(1, notification_interval=4.0),
            an_escalation(9, notification_interval=1.0),
        )
    )

    assert told_at(story, 0, 3, 4, 7, 8) == [["bia"], [], ["bia"], [], ["bia"]]


def test_an_interval_below_0_is_the_objects() -> None:
    story = Story(escalated(an_escalation(1, notification_interval=-1.0)))

    assert told_at(story, 0, 9, 10) == [["bia"], [], ["bia"]]


def test_an_escalation_with_an_interval_of_0_is_the_last_word() -> None:
    story = Story(escalated(an_escalation(2, notification_interval=0.0)))

    assert told_at(story, 0, 10, 20, 900) == [["ana"], ["bia"], [], []]


def test_the_message_says_that_it_is_escalated() -> None:
    story = Story(escalated(an_escalation(2)))
    told_at(story, 0, 10)

    assert [one.escalated for one in story.effects.tellings] == [False, True]


def test_a_host_has_escalations_of_its_own() -> None:
    model = a_model(
        a_host(notification_interval=10.0),
        a_contact("ana"),
        a_contact("bia"),
        an_escalation(2, service_description="", escalation_options="dur"),
        an_escalation(1),
    )
    story = Story(model)

    for second in (10, 20):
        story.at(second).host("web", 1)

    assert story.told() == ["ana PROBLEM DOWN", "bia PROBLEM DOWN"]


# --- recoveries ---------------------------------------------------------------------------------------------


def recovered(recoveries: Recoveries, *escalations: Escalation, results: int = 2) -> list[str]:
    """Who hears of the recovery after so many messages."""
    story = Story(escalated(*escalations), recoveries=recoveries)
    told_at(story, *(10 * number for number in range(results)))
    return sorted(told_at(story, 100, state=0)[0])


@pytest.mark.parametrize(
    ("recoveries", "heard"),
    [
        (Recoveries.NAGIOS, ["ana"]),
        (Recoveries.COMPLETE, ["ana", "bia"]),
        (Recoveries.TOLD, ["ana", "bia"]),
    ],
)
def test_after_two_messages_nagios_counts_the_recovery_as_the_first(
    recoveries: Recoveries, heard: list[str]
) -> None:
    assert recovered(recoveries, an_escalation(2)) == heard


@pytest.mark.parametrize(
    ("recoveries", "heard"),
    [
        (Recoveries.NAGIOS, ["bia"]),
        (Recoveries.COMPLETE, ["ana", "bia"]),
        (Recoveries.TOLD, ["ana", "bia"]),
    ],
)
def test_nagios_forgets_whoever_an_escalation_replaced(recoveries: Recoveries, heard: list[str]) -> None:
    assert recovered(recoveries, an_escalation(2), results=3) == heard


@pytest.mark.parametrize(
    ("recoveries", "heard"),
    [
        (Recoveries.NAGIOS, ["caio"]),
        (Recoveries.COMPLETE, ["ana", "caio"]),
        (Recoveries.TOLD, ["ana"]),
    ],
)
def test_only_where_all_of_nagios_rules_hold_somebody_hears_of_it_who_was_never_told(
    recoveries: Recoveries, heard: list[str]
) -> None:
    of_recoveries = an_escalation(0, contacts=("caio",), escalation_options="r")

    assert recovered(recoveries, of_recoveries, results=1) == heard


def test_without_r_in_its_options_an_escalation_does_not_hold_for_a_recovery() -> None:
    without_r = an_escalation(2, escalation_options="wuc")

    assert recovered(Recoveries.NAGIOS, without_r, results=3) == ["ana"]


def test_the_recovery_in_complete_mode_is_not_told_twice_to_anybody() -> None:
    assert recovered(Recoveries.COMPLETE, an_escalation(1), results=3) == ["bia"]


def test_a_contact_that_is_gone_after_a_reload_is_not_missed() -> None:
    model = a_model(
        a_service(max_check_attempts=1, contacts=("ana", "bia")), a_contact("ana"), a_contact("bia")
    )
    for recoveries in Recoveries:
        story = Story(model, recoveries=recoveries)
        story.service(HTTP, 2)
        story.world.replace(
            a_model(a_service(max_check_attempts=1), a_contact("ana")), story.now, story.effects
        )

        assert told_at(story, 10, state=0) == [["ana"]]


# --- messages by hand ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("options", "heard"), [(0, ["ana"]), (1, ["ana", "bia", "caio"])])
def test_a_broadcast_goes_to_the_objects_contacts_and_to_those_of_all_its_escalations(
    options: int, heard: list[str]
) -> None:
    story = Story(escalated(an_escalation(2), an_escalation(9, contacts=("caio",), escalation_period="never")))

    story.order(f"SEND_CUSTOM_SVC_NOTIFICATION;web;http;{options};ana;look")

    assert sorted(one.contact for one in story.happened(NotificationQueued)) == heard
