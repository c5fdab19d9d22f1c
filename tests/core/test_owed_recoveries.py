"""Recoveries that could not be told at once: nobody who heard of a problem is left without its end."""

from typing import Any

import pytest

from atalaia.core.objects import Contact, Model
from atalaia.core.telling import Recoveries
from support.builders import NEVER_OPEN, Story, a_contact, a_model, a_service, open_between

HTTP = ("web", "http")
NAMES = ("ana", "bia")


def the_model(*, bia: dict[str, Any] | None = None, **fields: Any) -> Model:
    """A service with two contacts; bia may be told in the first 100 and the last seconds of 1000."""
    contacts: list[Contact] = [a_contact("ana")]
    if bia is not None:
        contacts.append(a_contact("bia", **bia))
    service: dict[str, Any] = {
        "max_check_attempts": 1,
        "notification_interval": 5.0,
        "contacts": tuple(one.contact_name for one in contacts),
    }
    return a_model(
        a_service(**(service | fields)),
        *contacts,
        open_between(0, 100),
        open_between(500, 1000, "later"),
        NEVER_OPEN,
    )


def fallen(bia: dict[str, Any] | None = None, **fields: Any) -> Story:
    """Both were told of a problem at second 1."""
    story = Story(the_model(bia={} if bia is None else bia, **fields))
    story.at(1).service(HTTP, 2)
    assert sorted(story.told()) == ["ana PROBLEM CRITICAL", "bia PROBLEM CRITICAL"]
    return story.forget()


def owed(story: Story) -> tuple[str, ...]:
    return story.world.states[HTTP].owed


def switch_bia(story: Story, word: str) -> None:
    story.order(f"{word}_CONTACT_SVC_NOTIFICATIONS;bia")


def test_it_stays_owed_to_whoever_is_switched_off_and_is_told_when_that_ends() -> None:
    story = fallen()
    switch_bia(story, "DISABLE")

    story.at(10).service(HTTP, 0)
    assert story.told() == ["ana RECOVERY OK"]
    assert owed(story) == ("bia",)

    story.at(20).service(HTTP, 0)
    assert story.told() == ["ana RECOVERY OK"]

    switch_bia(story, "ENABLE")
    story.at(30).service(HTTP, 0)
    assert story.told() == ["ana RECOVERY OK", "bia RECOVERY OK"]
    assert (owed(story), story.world.states[HTTP].notified_on) == ((), "")


def test_an_interval_of_0_does_not_keep_it_from_being_told_late() -> None:
    story = fallen(notification_interval=0.0)
    switch_bia(story, "DISABLE")
    story.at(10).service(HTTP, 0)
    switch_bia(story, "ENABLE")

    story.at(30).service(HTTP, 0)

    assert story.told() == ["ana RECOVERY OK", "bia RECOVERY OK"]


def test_the_late_message_is_about_the_same_problem() -> None:
    story = fallen()
    switch_bia(story, "DISABLE")
    story.at(10).service(HTTP, 0)
    switch_bia(story, "ENABLE")

    story.at(30).service(HTTP, 0)

    first, second = story.effects.tellings
    assert first.problem_id == second.problem_id > 0
    assert first.recipients == ("ana",)
    assert second.recipients == ("bia",)


def test_it_stays_owed_while_the_period_is_closed() -> None:
    story = fallen({"service_notification_period": "hours"})

    story.at(200).service(HTTP, 0)

    assert story.told() == ["ana RECOVERY OK"]
    assert owed(story) == ("bia",)


def test_it_is_owed_only_to_those_who_were_told_of_the_problem() -> None:
    story = Story(the_model(bia={"service_notification_period": "never"}))
    story.at(1).service(HTTP, 2)

    story.at(10).service(HTTP, 0)

    assert owed(story) == ()


def test_it_stays_owed_over_a_restart() -> None:
    story = fallen()
    switch_bia(story, "DISABLE")
    story.at(10).service(HTTP, 0)

    story.at(20).restart()
    switch_bia(story, "ENABLE")
    story.at(30).service(HTTP, 0)

    assert story.told()[-1] == "bia RECOVERY OK"


def test_a_new_problem_comes_first_and_its_end_goes_also_to_whoever_was_owed_the_former() -> None:
    story = fallen()
    switch_bia(story, "DISABLE")
    story.at(10).service(HTTP, 0)

    story.at(20).service(HTTP, 2)
    assert (story.told()[-1], owed(story)) == ("ana PROBLEM CRITICAL", ())
    assert story.world.states[HTTP].told == ("bia", "ana")

    switch_bia(story, "ENABLE")
    story.at(30).service(HTTP, 0)
    assert sorted(story.told()[-2:]) == ["ana RECOVERY OK", "bia RECOVERY OK"]


@pytest.mark.parametrize(
    "bia", [{"service_notification_options": "wuc"}, {"custom": {}, "service_notification_commands": ()}]
)
def test_what_can_never_be_told_any_more_is_not_owed_any_more(bia: dict[str, Any]) -> None:
    story = fallen()
    switch_bia(story, "DISABLE")
    story.at(10).service(HTTP, 0)

    story.restart(the_model(bia=bia))
    switch_bia(story, "ENABLE")
    story.at(20).service(HTTP, 0)

    assert story.told() == ["ana RECOVERY OK"]
    assert (owed(story), story.world.states[HTTP].notified_on) == ((), "")


def test_nothing_is_owed_to_somebody_who_is_gone() -> None:
    story = fallen()
    switch_bia(story, "DISABLE")
    story.at(10).service(HTTP, 0)

    story.restart(the_model())
    story.at(20).service(HTTP, 0)

    assert story.told() == ["ana RECOVERY OK"]
    assert (owed(story), story.world.states[HTTP].notified_on) == ((), "")


@pytest.mark.parametrize("recoveries", list(Recoveries))
def test_in_every_mode_a_recovery_is_told_late_rather_than_never(recoveries: Recoveries) -> None:
    story = Story(the_model(bia={}), recoveries=recoveries)
    story.at(1).service(HTTP, 2)
    switch_bia(story, "DISABLE")
    story.at(10).service(HTTP, 0)
    switch_bia(story, "ENABLE")

    story.at(20).service(HTTP, 0)

    assert story.told()[-2:] == ["ana RECOVERY OK", "bia RECOVERY OK"]


# --- without further results --------------------------------------------------------------------------------


def passive(**fields: Any) -> Story:
    story = Story(the_model(bia={}, active_checks_enabled=False, **fields))
    story.at(1).service(HTTP, 2, passive=True)
    switch_bia(story, "DISABLE")
    story.at(10).service(HTTP, 0, passive=True)
    return story


def test_what_gets_no_results_any_more_is_told_a_while_after_the_last() -> None:
    story = passive()
    switch_bia(story, "ENABLE")

    story.wait(80)
    assert story.told()[-1] == "ana RECOVERY OK"

    story.wait(120)
    assert story.told()[-1] == "bia RECOVERY OK"
    assert owed(story) == ()


def test_the_round_leaves_alone_what_gets_results_and_what_is_bad() -> None:
    story = passive(check_interval=1000.0)
    switch_bia(story, "ENABLE")

    story.wait(900)
    assert story.told()[-1] == "ana RECOVERY OK"

    story.service(HTTP, 2, passive=True)
    story.forget().wait(9000)
    assert story.told() == []


def test_the_round_asks_nobody_about_what_nobody_was_told_of() -> None:
    story = Story(the_model(bia={}))

    story.wait(500)

    assert story.told() == []
    assert story.reasons() == []
