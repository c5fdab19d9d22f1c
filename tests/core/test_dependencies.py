"""Dependencies: a consequence is shown, and people are told of the cause. Nagios' rules."""

import pytest

from atalaia.core.effects import Effects
from atalaia.core.events import NotificationSuppressed
from atalaia.core.instants import Instant
from atalaia.core.notifying import Reason
from atalaia.core.objects import HostDependency, Model, ServiceDependency, TimePeriod
from support.builders import START, Story, a_host, a_model, a_service

DB, API, PAGE = ("web", "db"), ("web", "api"), ("web", "page")
NEVER = TimePeriod(timeperiod_name="never", alias="never")


def on(master: str, dependent: str, **fields: object) -> ServiceDependency:
    given = {"notification_failure_options": "wuc"} | fields
    return ServiceDependency(
        host_name="web",
        service_description=master,
        dependent_host_name="web",
        dependent_service_description=dependent,
        **given,  # type: ignore[arg-type]
    )


def with_dependencies(*dependencies: ServiceDependency, **settings: object) -> Model:
    services = (a_service(name, max_check_attempts=1) for name in ("db", "api", "page", "mail"))
    model = a_model(a_host(), *services, NEVER, **settings)
    return Model(
        **{name: getattr(model, name) for name in model.__struct_fields__}
        | {"service_dependencies": dependencies}
    )


def test_people_are_told_of_the_cause_and_not_of_what_follows() -> None:
    story = Story(with_dependencies(on("db", "api")))

    story.service(DB, 2)
    story.at(1).service(API, 2)

    assert story.told() == ["ana PROBLEM CRITICAL"]
    assert story.reasons() == [Reason.DEPENDENCY]
    suppressed = [one for one in story.effects.events if getattr(one, "reason", "") == Reason.DEPENDENCY]
    assert [getattr(one, "detail", "") for one in suppressed] == ["web / db"]


def test_with_a_healthy_master_people_are_told() -> None:
    story = Story(with_dependencies(on("db", "api")))

    story.service(API, 2)

    assert story.told() == ["ana PROBLEM CRITICAL"]


def test_a_consequence_that_outlives_its_cause_is_told_with_the_next_result() -> None:
    story = Story(with_dependencies(on("db", "api")))
    story.service(DB, 2)
    story.at(1).service(API, 2)

    story.at(2).service(DB, 0)
    story.at(3).service(API, 2)

    assert story.told() == ["ana PROBLEM CRITICAL", "ana RECOVERY OK", "ana PROBLEM CRITICAL"]


def test_only_the_states_named_fail() -> None:
    story = Story(with_dependencies(on("db", "api", notification_failure_options="c")))

    story.service(DB, 1)
    story.at(1).service(API, 2)

    assert len(story.told()) == 2


@pytest.mark.parametrize(("soft", "told"), [(True, []), (False, ["ana PROBLEM CRITICAL"])])
def test_a_soft_state_of_the_master_counts_only_where_the_configuration_says_so(
    soft: bool, told: list[str]
) -> None:
    model = with_dependencies(on("db", "api"), soft_state_dependencies=soft)
    model.services[DB] = a_service("db", max_check_attempts=3)
    story = Story(model)

    story.service(DB, 2)
    story.at(1).service(API, 2)

    assert story.told() == told


def test_a_dependency_of_a_dependency_counts_where_it_is_inherited() -> None:
    inherited = Story(with_dependencies(on("db", "api"), on("api", "page", inherits_parent=True)))
    alone = Story(with_dependencies(on("db", "api"), on("api", "page")))
    for story in (inherited, alone):
        story.service(DB, 2)
        story.at(1).service(PAGE, 2)

    assert len(inherited.told()) == 1
    assert len(alone.told()) == 2


def test_circles_of_inherited_dependencies_come_to_an_end() -> None:
    story = Story(
        with_dependencies(on("db", "api", inherits_parent=True), on("api", "db", inherits_parent=True))
    )

    story.service(API, 2)

    assert story.reasons() == [Reason.DEPENDENCY]  # of itself, at second hand: a configuration to be refused


def test_outside_its_period_a_dependency_does_not_hold() -> None:
    story = Story(with_dependencies(on("db", "api", dependency_period="never")))

    story.service(DB, 2)
    story.at(1).service(API, 2)

    assert len(story.told()) == 2


def test_an_object_rests_while_what_it_depends_on_for_checks_is_bad() -> None:
    model = with_dependencies(on("db", "api", notification_failure_options="", execution_failure_options="c"))
    story = Story(model)
    story.service(DB, 2)

    started = []
    while request := story.world.take_due(Instant(START + 9), Effects()):
        started.append(request.key)

    assert API not in started
    assert PAGE in started


def test_the_host_of_a_service_may_depend_on_something_too() -> None:
    model = a_model(a_host("router"), a_host("web"), a_service("api", max_check_attempts=1))
    depends = HostDependency(host_name="router", dependent_host_name="web", notification_failure_options="d")
    model = Model(
        **{name: getattr(model, name) for name in model.__struct_fields__} | {"host_dependencies": (depends,)}
    )
    story = Story(model)
    story.host("router", 1)

    story.at(1).service(API, 2)

    assert story.told() == ["ana PROBLEM DOWN"]
    assert story.reasons() == [Reason.DEPENDENCY]


def test_what_it_depends_on_is_looked_at_before_the_problem_is_confirmed() -> None:
    model = with_dependencies(on("db", "api"), cached_service_check_horizon=0)
    model.services[API] = a_service("api", max_check_attempts=3)
    story = Story(model)
    story.world.queue.remove(DB)

    story.at(1).service(API, 2)
    assert story.world.queue.get(DB) is None

    story.at(3).service(API, 2)
    due = story.world.queue.get(DB)
    assert due is not None
    assert due.at == story.now


def test_a_dependency_for_checks_says_nothing_about_messages_and_the_next_one_is_asked() -> None:
    story = Story(
        with_dependencies(
            on("page", "api", notification_failure_options="n", execution_failure_options="c"),
            on("page", "api", notification_failure_options=""),
            on("db", "api"),
        )
    )
    story.service(PAGE, 2)
    story.service(DB, 2)

    story.at(1).service(API, 2)

    assert story.reasons() == [Reason.DEPENDENCY]
    assert [one.detail for one in story.happened(NotificationSuppressed)] == ["web / db"]


def test_behind_a_healthy_inheritance_the_next_dependency_is_asked() -> None:
    story = Story(
        with_dependencies(on("db", "page"), on("page", "api", inherits_parent=True), on("mail", "api"))
    )
    story.service(("web", "mail"), 2)

    story.at(1).service(API, 2)

    assert [one.detail for one in story.happened(NotificationSuppressed)] == ["web / mail"]


def test_a_master_is_named_once_however_often_it_is_depended_on() -> None:
    story = Story(with_dependencies(on("db", "api"), on("page", "api"), on("db", "api")))

    assert story.world.dependencies.masters(API) == [DB, PAGE]
    assert story.world.dependencies.masters(DB) == []


@pytest.mark.parametrize(("letters", "told"), [("o", []), ("p", ["ana PROBLEM CRITICAL"])])
def test_a_master_that_was_never_checked_counts_as_ok_and_not_as_pending(letters: str, told: list[str]) -> None:
    story = Story(with_dependencies(on("db", "api", notification_failure_options=letters)))

    story.service(API, 2)

    assert story.told() == told


def test_a_recovery_is_not_told_while_what_it_depends_on_is_bad_and_told_afterwards() -> None:
    story = Story(with_dependencies(on("db", "api")))
    story.service(API, 2)
    story.at(1).service(DB, 2)

    story.at(10).service(API, 0)
    assert story.told() == ["ana PROBLEM CRITICAL"] * 2

    story.at(20).service(DB, 0)
    story.at(21).service(API, 0)
    assert story.told()[2:] == ["ana RECOVERY OK"] * 2
