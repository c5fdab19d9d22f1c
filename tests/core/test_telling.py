"""Who is told, who is not, and why: Nagios' filters, and recoveries that are owed."""

import pytest

from atalaia.core.notifying import Reason
from atalaia.core.objects import TimePeriod, TimeRange
from atalaia.core.telling import Recoveries
from support.builders import START, Story, a_contact, a_host, a_model, a_service, call

HTTP = ("web", "http")

NEVER = TimePeriod(timeperiod_name="never", alias="never")


def hour_of_start() -> int:
    return int(START % 86400) // 3600


def open_from(hour: int) -> TimePeriod:
    """A period that opens at a full hour of every day and lasts one hour."""
    return TimePeriod(
        timeperiod_name="later", alias="later", weekdays=((TimeRange(hour * 3600, hour * 3600 + 3599),),) * 7
    )


def fall(told: Story, *seconds: float) -> Story:
    for second in seconds or (0, 2, 4):
        told.at(second).service(HTTP, 2)
    return told


def test_a_soft_problem_is_told_to_nobody() -> None:
    assert fall(Story(a_model(a_service())), 0, 2).told() == []


def test_with_an_interval_of_0_people_are_told_once() -> None:
    assert fall(Story(a_model(a_service())), 0, 2, 4, 14, 24).told() == ["ana PROBLEM CRITICAL"]


def test_people_are_told_again_when_the_interval_has_passed_and_a_result_comes() -> None:
    told = Story(a_model(a_service(notification_interval=15.0)))

    fall(told, 0, 2, 4, 14, 19, 24)

    assert told.told() == ["ana PROBLEM CRITICAL"] * 2
    assert [one.number for one in told.effects.tellings] == [1, 2]


def test_the_number_and_the_contacts_told_are_kept_until_the_recovery() -> None:
    told = fall(Story(a_model(a_service())))

    assert told.world.states[HTTP].notification_number == 1
    assert told.world.states[HTTP].told == ("ana",)

    told.at(14).service(HTTP, 0)

    assert told.world.states[HTTP].notification_number == 0
    assert told.world.states[HTTP].told == ()


def test_the_first_message_waits_for_its_delay_counted_from_the_confirmation() -> None:
    told = Story(a_model(a_service(first_notification_delay=20.0)))

    fall(told, 0, 2, 4, 14, 23.9)
    assert told.told() == []
    assert told.reasons() == [Reason.FIRST_DELAY]

    fall(told, 24)
    assert told.told() == ["ana PROBLEM CRITICAL"]


def test_a_problem_that_ended_before_anybody_was_told_has_no_recovery() -> None:
    told = fall(Story(a_model(a_service(first_notification_delay=60.0))))

    told.at(14).service(HTTP, 0)

    assert told.told() == []


def test_notifications_switched_off_everywhere_are_the_reason() -> None:
    told = fall(Story(a_model(a_service(), enable_notifications=False)))

    assert told.told() == []
    assert told.reasons() == [Reason.DISABLED_EVERYWHERE]


def test_notifications_switched_off_for_the_service_are_the_reason() -> None:
    assert fall(Story(a_model(a_service(notifications_enabled=False)))).reasons() == [Reason.DISABLED]


def test_a_closed_notification_period_is_the_reason_and_its_opening_is_remembered() -> None:
    period = open_from((hour_of_start() + 2) % 24)
    told = fall(Story(a_model(a_service(notification_period="later"), period)))

    assert told.told() == []
    assert told.reasons() == [Reason.OUTSIDE_PERIOD]
    assert told.world.states[HTTP].next_notification > told.now


def test_a_service_without_a_period_takes_its_hosts() -> None:
    told = Story(a_model(a_host(notification_period="never"), a_service(), NEVER))

    assert fall(told).reasons() == [Reason.OUTSIDE_PERIOD]


def test_a_state_that_the_options_leave_out_is_not_told() -> None:
    assert fall(Story(a_model(a_service(notification_options="wr")))).reasons() == [Reason.OPTIONS]


def test_without_r_in_the_options_the_end_is_not_told_and_nothing_stays_owed() -> None:
    told = fall(Story(a_model(a_service(notification_options="wuc"))))

    told.at(14).service(HTTP, 0)

    assert told.told() == ["ana PROBLEM CRITICAL"]
    assert told.world.states[HTTP].told == ()
    assert told.world.states[HTTP].notified_on == ""


def test_the_same_reason_is_kept_once_however_often_it_holds() -> None:
    told = fall(Story(a_model(a_service(notifications_enabled=False))), 0, 2, 4, 14, 24, 34)

    assert told.reasons() == [Reason.DISABLED]


def test_a_service_without_contacts_says_so() -> None:
    assert fall(Story(a_model(a_service(contacts=())))).reasons() == [Reason.NO_CONTACTS]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"service_notifications_enabled": False}, Reason.CONTACT_DISABLED),
        ({"service_notification_period": "never"}, Reason.CONTACT_OUTSIDE_PERIOD),
        ({"service_notification_options": "w"}, Reason.CONTACT_OPTIONS),
        ({"minimum_importance": 5}, Reason.CONTACT_IMPORTANCE),
        ({"service_notification_commands": ()}, Reason.CONTACT_HAS_NO_WAY),
    ],
)
def test_a_contacts_own_filters_are_reasons_with_its_name(fields: dict[str, object], reason: Reason) -> None:
    told = Story(
        a_model(a_service(contacts=("ana", "bia")), a_contact("ana", **fields), a_contact("bia"), NEVER)
    )

    fall(told)

    assert told.told() == ["bia PROBLEM CRITICAL"]
    assert told.reasons() == [reason]


def test_when_no_contact_can_be_told_the_number_does_not_grow() -> None:
    told = Story(a_model(a_service(), a_contact(service_notification_options="w")))

    fall(told)

    assert told.world.states[HTTP].notification_number == 0


def test_a_contact_named_directly_and_by_a_group_is_told_once() -> None:
    from atalaia.core.objects import ContactGroup

    model = a_model(a_service(contact_groups=("ops",)))
    model.contact_groups["ops"] = ContactGroup(contactgroup_name="ops", alias="ops", members=("ana",))

    assert fall(Story(model)).told() == ["ana PROBLEM CRITICAL"]


def test_a_contact_with_two_commands_gets_two_messages() -> None:
    contact = a_contact(service_notification_commands=(call("by-mail"), call("by-pager!x")))

    told = fall(Story(a_model(a_service(), contact)))

    assert [one.call.name for one in told.effects.tellings if one.call] == ["by-mail", "by-pager"]


def test_a_contacts_channel_takes_the_place_of_its_commands() -> None:
    told = fall(Story(a_model(a_service(), a_contact(custom={"CHANNEL": "mail"}))))

    assert [(one.channel, one.call) for one in told.effects.tellings] == [("mail", None)]


@pytest.mark.parametrize(
    ("recoveries", "told_of_it"),
    [(Recoveries.NAGIOS, ["bia RECOVERY OK", "ana RECOVERY OK"]), (Recoveries.TOLD, ["ana RECOVERY OK"])],
)
def test_a_recovery_goes_to_whom_nagios_tells_or_where_it_is_set_to_those_who_were_told(
    recoveries: Recoveries, told_of_it: list[str]
) -> None:
    night = open_from((hour_of_start() + 2) % 24)
    late = a_contact("bia", service_notification_period="later")
    model = a_model(a_service(contacts=("ana", "bia")), a_contact("ana"), late, night)
    told = fall(Story(model, recoveries=recoveries))

    told.at(2 * 3600).service(HTTP, 0)

    assert told.told() == ["ana PROBLEM CRITICAL", *told_of_it]


def test_a_recovery_that_a_closed_period_holds_back_is_told_when_it_opens() -> None:
    period = open_from(hour_of_start())
    told = fall(Story(a_model(a_service(), a_contact(service_notification_period="later"), period)))
    assert told.told() == ["ana PROBLEM CRITICAL"]

    told.at(3600).service(HTTP, 0)
    assert told.told() == ["ana PROBLEM CRITICAL"]

    told.at(24 * 3600).service(HTTP, 0)
    told.at(24 * 3600 + 10).service(HTTP, 0)
    assert told.told() == ["ana PROBLEM CRITICAL", "ana RECOVERY OK"]


def test_a_contact_who_hears_only_of_critical_states_is_not_told_that_a_warning_is_over() -> None:
    quiet = a_contact("bia", service_notification_options="cr")
    told = Story(a_model(a_service(contacts=("ana", "bia")), a_contact("ana"), quiet))
    for second in (0, 2, 4):
        told.at(second).service(HTTP, 1)

    told.at(14).service(HTTP, 0)

    assert told.told() == ["ana PROBLEM WARNING", "ana RECOVERY OK"]


def test_all_parents_of_the_host_down_keep_a_service_problem_quiet() -> None:
    model = a_model(a_host("router"), a_host("web", parents=("router",)), a_service())
    told = Story(model)
    told.host("router", 1)
    told.effects.events.clear()

    fall(told, 1, 3, 5)

    assert told.told() == []
    assert told.reasons() == [Reason.PARENTS_NOT_UP]


def test_the_message_carries_what_was_true_when_it_was_decided() -> None:
    told = fall(Story(a_model(a_service())))
    told.at(14).service(HTTP, 0)

    problem, recovery = told.effects.tellings

    assert (problem.seen.state, problem.number, problem.recipients) == (2, 1, ("ana",))
    assert (recovery.seen.state, recovery.number) == (0, 1)
    assert recovery.problem_id == problem.problem_id > 0
    assert recovery.problem_since == START


def test_the_message_comes_before_the_alert_in_the_history() -> None:
    told = fall(Story(a_model(a_service(max_check_attempts=1))), 0)

    assert [type(one).__name__ for one in told.effects.events] == ["NotificationQueued", "StateChanged"]
