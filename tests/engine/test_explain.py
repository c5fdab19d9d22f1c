"""Why is it so, and why was nobody told: an answer for every object in every state."""

from collections.abc import Callable
from typing import Any

import pytest

from atalaia.core.events import NotificationFailed, NotificationQueued, NotificationSuppressed
from atalaia.core.instants import Instant
from atalaia.core.notifying import Reason as Why
from atalaia.core.objects import Escalation, Model, ServiceDependency, TimePeriod
from atalaia.core.states import HostState
from atalaia.engine.explain import explain
from atalaia.engine.explain_telling import reason_sentence
from atalaia.ports.storage import StoredEvent
from atalaia.texts import texts
from support.builders import START, Story, a_contact, a_host, a_model, a_service

HTTP = ("web", "http")
HOST = ("web", "")
EN = texts("en")
NEVER_OPEN = TimePeriod(timeperiod_name="never", alias="never")


def decisions(story: Story, key: tuple[str, str]) -> list[StoredEvent]:
    kinds = NotificationQueued | NotificationSuppressed | NotificationFailed
    found = [one for one in story.effects.events if isinstance(one, kinds) and (one.host, one.service) == key]
    return [StoredEvent(number, one) for number, one in reversed([*enumerate(found, 1)])]


def sentences(story: Story, key: tuple[str, str] = HTTP, topic: str = "", language: str = "en") -> list[str]:
    checkable = story.world.topology.checkables[key]
    found = explain(story.world, checkable, story.now, decisions(story, key), language)
    return [one.text for one in found if not topic or one.topic == topic]


def a_story(*objects: Any, model: Model | None = None, **settings: Any) -> Story:
    service = a_service(max_check_attempts=1, notification_interval=10.0)
    return Story(model or a_model(a_host(), service, a_contact(), *objects, **settings))


def broken(*objects: Any, **settings: Any) -> Story:
    story = a_story(*objects, **settings).at(10)
    story.service(HTTP, 2, "refused")
    return story


# --- who is told now --------------------------------------------------------------------------------------


def pending(story: Story) -> None: ...


def fine(story: Story) -> None:
    story.service(HTTP, 0)


def soft(story: Story) -> None:
    story.order("CHANGE_MAX_SVC_CHECK_ATTEMPTS;web;http;3")
    story.service(HTTP, 2)


def told(story: Story) -> None:
    story.service(HTTP, 2)


def acknowledged(story: Story) -> None:
    told(story)
    story.order("ACKNOWLEDGE_SVC_PROBLEM;web;http;2;1;0;ana;on it")


def in_downtime(story: Story) -> None:
    story.order(f"SCHEDULE_SVC_DOWNTIME;web;http;{int(START)};{int(START) + 900};1;0;0;ana;disk")
    story.service(HTTP, 2)


def host_in_downtime(story: Story) -> None:
    story.order(f"SCHEDULE_HOST_DOWNTIME;web;{int(START)};{int(START) + 900};1;0;0;ana;disk")
    story.service(HTTP, 2)


def host_down(story: Story) -> None:
    story.host("web", 1)
    story.service(HTTP, 2)


def switched_off(story: Story) -> None:
    story.order("DISABLE_SVC_NOTIFICATIONS;web;http")
    story.service(HTTP, 2)


def switched_off_everywhere(story: Story) -> None:
    story.order("DISABLE_NOTIFICATIONS")
    story.service(HTTP, 2)


def recovered(story: Story) -> None:
    told(story)
    story.at(20).service(HTTP, 0)


def recovered_unheard(story: Story) -> None:
    switched_off(story)
    story.order("ENABLE_SVC_NOTIFICATIONS;web;http")
    story.at(20).service(HTTP, 0)


def recovered_in_downtime(story: Story) -> None:
    told(story)
    story.order(f"SCHEDULE_SVC_DOWNTIME;web;http;{int(START)};{int(START) + 900};1;0;0;ana;disk")
    story.at(20).service(HTTP, 0)


@pytest.mark.parametrize(
    ("happens", "answer"),
    [
        (pending, "It has no result yet, so there is nothing to tell."),
        (fine, "It has no problem, and nobody waits for news of a recovery."),
        (soft, "The state is not confirmed yet, so nobody is told."),
        (told, "People were told and the notification interval has not passed yet."),
        (acknowledged, "Somebody has acknowledged the problem, so nobody is told again."),
        (in_downtime, "Nobody is told while it is in a downtime."),
        (host_in_downtime, "Nobody is told while its host is in a downtime."),
        (host_down, "Its host is not up, so people are told about the host instead."),
        (switched_off, "Notifications are switched off for it."),
        (switched_off_everywhere, "Notifications are switched off for the whole server."),
        (recovered, "It has no problem, and nobody waits for news of a recovery."),
        (recovered_unheard, "It has no problem, and nobody waits for news of a recovery."),
        (recovered_in_downtime, "Nobody is told while it is in a downtime."),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_there_is_an_answer_in_every_state(happens: Callable[[Story], None], answer: str) -> None:
    story = a_story().at(10)
    happens(story)

    assert answer in sentences(story, topic="notification")


@pytest.mark.parametrize(
    ("happens", "answer"),
    [
        (told, "told of the problem (CRITICAL): ana (the first message about this problem)"),
        (in_downtime, "nobody told of the problem (CRITICAL): it is in a downtime"),
        (recovered, "told of the recovery (OK): ana (the problem that was told has ended)"),
        (recovered_unheard, "nobody told of the recovery (OK): nobody had been told of the problem"),
        (recovered_in_downtime, "nobody told of the recovery (OK): it is in a downtime"),
        (acknowledged, "told of the acknowledgement (CRITICAL): ana (somebody asked for it)"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_last_decision_of_each_kind_is_known(happens: Callable[[Story], None], answer: str) -> None:
    story = a_story().at(10)
    happens(story)

    assert answer in [text.partition(": ")[2] for text in sentences(story, topic="decision")]


def test_of_each_kind_only_the_last_decision_is_told() -> None:
    story = broken()
    story.at(20).service(HTTP, 0)
    story.at(30).service(HTTP, 2)
    told = sentences(story, topic="decision")

    assert len([text for text in told if "told of the problem" in text]) == 1
    assert told[0].startswith(EN.instant(Instant(START + 30), story.world.tz))


def test_a_decision_names_whom_it_reached_and_whom_not() -> None:
    story = broken(a_contact("ana"), a_contact("rui", service_notification_options="r"))
    world = story.world.topology
    world.put(a_service(max_check_attempts=1, contacts=("ana", "rui")))
    story.at(20).service(HTTP, 0)
    story.at(30).service(HTTP, 2)

    texts_of = [text.partition(": ")[2] for text in sentences(story, topic="decision")]
    assert "told of the problem (CRITICAL): ana (the first message about this problem)" in texts_of
    assert (
        "rui not told of the problem (CRITICAL): the contact's notification options leave this out" in texts_of
    )


def test_with_the_next_result_these_are_told_and_those_are_not() -> None:
    service = a_service(
        max_check_attempts=1, notification_interval=10.0, contacts=("ana", "rui"), contact_groups=()
    )
    rui = a_contact("rui", service_notification_period="never")
    story = Story(a_model(a_host(), service, a_contact(), rui, NEVER_OPEN)).at(10)
    story.service(HTTP, 2)
    story.wait(3600)

    found = sentences(story, topic="notification")
    assert "Told of this problem: ana." in found
    assert "With the next bad result these are told: ana." in found
    assert "rui is not told: The contact's notification period is closed now." in found


def test_a_problem_without_contacts_says_so() -> None:
    story = Story(a_model(a_host(), a_service(max_check_attempts=1, contacts=()), a_contact())).at(10)
    story.service(HTTP, 2)

    assert "It has no contacts." in sentences(story, topic="notification")


def test_a_problem_that_no_contact_wants_says_so() -> None:
    deaf = a_contact(service_notifications_enabled=False)
    story = broken(deaf)

    found = sentences(story, topic="notification")
    assert "With the next bad result nobody is told, because none of its contacts wants it now." in found
    assert "ana is not told: Notifications are switched off for this contact." in found


def test_what_waits_says_until_when() -> None:
    closed = Story(
        a_model(
            a_host(),
            a_service(max_check_attempts=1, first_notification_delay=60.0),
            a_contact(),
        )
    ).at(10)
    closed.service(HTTP, 2)
    early = broken()

    ends, again = (EN.instant(Instant(START + seconds), early.world.tz) for seconds in (70, 20))
    assert f"The delay ends: {ends}." in sentences(closed)
    assert f"Next message at the earliest: {again}." in sentences(early)


def test_a_recovery_that_is_owed_names_to_whom_and_why() -> None:
    service = a_service(max_check_attempts=1, contacts=("ana", "rui"))
    story = Story(a_model(a_host(), service, a_contact(), a_contact("rui"))).at(10)
    story.service(HTTP, 2)
    story.order("DISABLE_CONTACT_SVC_NOTIFICATIONS;rui")
    story.at(20).service(HTTP, 0)

    found = sentences(story, topic="notification")
    assert "The recovery was told; still to be told of it: rui." in found
    assert "rui is not told: Notifications are switched off for this contact." in found


def test_escalations_are_named_and_said_to_be_in_force() -> None:
    escalation = Escalation(
        host_name="web",
        service_description="http",
        first_notification=2,
        last_notification=0,
        notification_interval=10.0,
        escalation_options="wucr",
        contacts=("chief",),
    )
    model = a_model(
        a_host(),
        a_service(max_check_attempts=1, notification_interval=10.0),
        a_contact(),
        a_contact("chief"),
    )
    story = a_story(model=_with(model, service_escalations=(escalation,))).at(10)
    story.service(HTTP, 2)
    story.wait(60)

    assert sentences(story, topic="escalation") == ["From message 2 on a problem is told to chief."]
    assert "With the next bad result these are told, by an escalation: chief." in sentences(story)


def test_an_escalation_that_can_never_hold_is_said_to_be_so() -> None:
    escalation = Escalation(host_name="web", service_description="http", contacts=("ana",))
    story = a_story(model=_with(a_model(a_host(), a_service()), service_escalations=(escalation,)))

    assert sentences(story, topic="escalation") == [
        "An escalation to ana can never hold: its last_notification is missing."
    ]


def _with(model: Model, **fields: Any) -> Model:
    import msgspec

    return msgspec.structs.replace(model, **fields)


def test_a_message_that_did_not_get_out_is_said() -> None:
    story = broken()
    failed = NotificationFailed(
        time=story.now,
        host="web",
        service="http",
        contact="ana",
        kind="PROBLEM",
        state="CRITICAL",
        via="mail",
        number=1,
        tries=1,
        error="connection refused",
        next_try=story.now,
    )
    story.effects.events.append(failed)

    assert sentences(story, topic="delivery") == [
        "A message to ana by mail did not get out: connection refused"
    ]


# --- circumstances ----------------------------------------------------------------------------------------


def test_an_acknowledgement_says_who_until_when_and_what_was_said() -> None:
    story = broken()
    until = int(START) + 900
    story.order(f"ACKNOWLEDGE_SVC_PROBLEM_EXPIRE;web;http;2;1;0;{until};rui;new disk")

    when = EN.instant(story.now, story.world.tz)
    ends = EN.instant(Instant(float(until)), story.world.tz)
    assert sentences(story, topic="acknowledgement") == [
        f"rui takes care of it since {when}: “new disk”",
        "The acknowledgement holds until the recovery.",
        f"It ends by itself: {ends}, in 14 min 50 s.",
    ]


def test_an_acknowledgement_whose_comment_was_deleted_is_still_told() -> None:
    story = broken()
    story.order("ACKNOWLEDGE_SVC_PROBLEM;web;http;1;1;0;rui;new disk")
    story.order("DEL_ALL_SVC_COMMENTS;web;http")

    assert sentences(story, topic="acknowledgement") == [
        "Somebody takes care of it.",
        "The acknowledgement holds until the state changes.",
    ]


def test_downtimes_say_which_until_when_and_who() -> None:
    story = a_story().at(10)
    start, end = int(START), int(START) + 900
    story.order(f"SCHEDULE_HOST_DOWNTIME;web;{start};{end};1;0;0;ana;disk")
    story.order(f"SCHEDULE_SVC_DOWNTIME;web;http;{start + 100};{end};1;0;0;rui;later")
    story.order(f"SCHEDULE_SVC_DOWNTIME;web;http;{start};{end};0;0;300;rui;maybe")
    story.order(f"SCHEDULE_SVC_DOWNTIME;web;http;{start};{end};1;2;0;rui;after")

    until = EN.instant(Instant(float(end)), story.world.tz)
    whole = EN.span(START, Instant(float(end)), story.world.tz)
    later = EN.span(Instant(START + 100), Instant(float(end)), story.world.tz)
    assert set(sentences(story, topic="downtime")) == {
        f"Of its host: Downtime 1 is in effect until {until}, by ana: “disk”",
        f"Downtime 2 is planned for {later}, by rui: “later”",
        f"Flexible downtime 3 lasts 5 min from the first problem within {whole}, by rui: “maybe”",
        "Downtime 4 begins with downtime 2, by rui: “after”",
    }


def test_flapping_says_how_much_and_where_the_limits_are() -> None:
    service = a_service(max_check_attempts=1, flap_detection_options="owcu")
    story = Story(a_model(a_host(), service, a_contact(), enable_flap_detection=True))
    for second in range(1, 40):
        story.at(second).service(HTTP, 2 * (second % 2))

    flapping = sentences(story, topic="flapping")
    assert flapping[0].startswith("It is flapping: its state changes ")
    assert flapping[0].endswith("; it settles at 20.0% or less.")
    assert flapping[1] == "People had been told of a problem; its end is told when the flapping stops."
    assert "Nobody is told while it is flapping." in sentences(story, topic="notification")


def test_a_little_change_is_no_flapping_and_the_limit_is_said() -> None:
    story = Story(
        a_model(
            a_host(),
            a_service(max_check_attempts=1, flap_detection_options="owcu"),
            a_contact(),
            enable_flap_detection=True,
        )
    ).at(10)
    story.service(HTTP, 2)

    (text,) = sentences(story, topic="flapping")
    assert text.startswith("It is not flapping: its state changes ")
    assert text.endswith("; it flaps from 30.0% on.")


def test_dependencies_say_what_rests_and_what_is_quiet_because_of_whom() -> None:
    dependency = ServiceDependency(
        host_name="web",
        service_description="db",
        dependent_host_name="web",
        dependent_service_description="http",
        execution_failure_options="c",
        notification_failure_options="c",
    )
    model = a_model(
        a_host(),
        a_service("http", max_check_attempts=1),
        a_service("db", max_check_attempts=1),
        a_contact(),
    )
    story = a_story(model=_with(model, service_dependencies=(dependency,))).at(10)
    story.service(("web", "db"), 2)
    story.service(HTTP, 2)

    assert sentences(story, topic="dependency") == [
        "It depends on: web / db (CRITICAL).",
        "Its checks rest because of web / db.",
        "Nobody is told about it because of web / db.",
    ]
    assert "What it depends on: web / db." in sentences(story, topic="notification")


def test_changed_settings_are_told_with_their_values() -> None:
    story = a_story()
    story.order("DISABLE_SVC_NOTIFICATIONS;web;http")
    story.order("CHANGE_NORMAL_SVC_CHECK_INTERVAL;web;http;90")

    assert sentences(story, topic="setting") == [
        "Changed while running: notifications: off; check interval: 1 min 30 s."
    ]


def test_what_keeps_an_object_from_being_checked_is_told() -> None:
    story = a_story()
    story.order("STOP_EXECUTING_SVC_CHECKS")
    story.order("DISABLE_PASSIVE_SVC_CHECKS;web;http")

    found = sentences(story, topic="schedule")
    assert "Checks of this kind are switched off for the whole server." in found
    assert "Results from outside are not taken." in found


def test_a_check_that_was_forced_is_told_even_where_checks_are_off() -> None:
    story = a_story()
    story.order("DISABLE_SVC_CHECK;web;http")
    story.order(f"SCHEDULE_FORCED_SVC_CHECK;web;http;{int(START) + 60}")

    assert sentences(story, topic="schedule")[0].startswith("A check was forced: ")


@pytest.mark.parametrize("state", [*HostState])
def test_a_host_is_explained_in_every_state(state: HostState) -> None:
    story = a_story()
    story.at(10).host("web", state)

    assert sentences(story, HOST, "state")
    assert sentences(story, HOST, "notification")


@pytest.mark.parametrize("reason", [*Why])
def test_each_reason_is_a_sentence_in_both_languages(reason: Why) -> None:
    english, portuguese = reason_sentence(reason, EN), reason_sentence(reason, texts("pt_BR"))

    assert english.endswith(".")
    assert portuguese.endswith(".")
    assert english != portuguese


def test_a_reason_to_come_is_shown_as_it_is() -> None:
    assert reason_sentence("quiet_hours", EN) == "quiet_hours"


def test_everything_is_told_in_portuguese() -> None:
    story = broken()
    story.order("ACKNOWLEDGE_SVC_PROBLEM;web;http;2;1;0;ana;estou vendo")

    found = sentences(story, language="pt_BR")
    assert any(text.startswith("ana cuida disso desde") for text in found)
    assert "Alguém já reconheceu o problema, então ninguém é avisado de novo." in found
