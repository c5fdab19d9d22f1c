"""Settings changed while running: in force at once, and what of them outlives a restart."""

from typing import Any

import pytest

from atalaia.core.changes import Changes, key_of
from atalaia.core.effects import Effects
from atalaia.core.events import SettingChanged
from atalaia.core.objects import Command, CommandCall, Contact, Host, MainSettings, Model, Service
from atalaia.core.records import PROGRAM, Change, ChangeKey
from support.builders import NEVER_OPEN, Story, a_contact, a_host, a_model, a_service, call

HTTP, WEB = ("web", "http"), ("web", "")
SERVICE_KEY: ChangeKey = ("service", "web", "http")
HOST_KEY: ChangeKey = ("host", "web", "")
CONTACT_KEY: ChangeKey = ("contact", "ana", "")


def the_model(*, service: dict[str, Any] | None = None, **settings: Any) -> Model:
    variables: dict[str, Any] = {"custom": {"COLOUR": "red", "SIZE": "1"}}
    return a_model(
        a_host(**variables),
        a_service(**(variables | (service or {}))),
        a_contact(**variables),
        NEVER_OPEN,
        Command(command_name="other", command_line="/bin/other"),
        **settings,
    )


def changed(story: Story, field: str, value: Any, key: tuple[str, str] | str | None = HTTP) -> Story:
    """Changes one setting of a host or service, of a contact (by name), or of the program (None)."""
    world = story.world
    obj: Host | Service | Contact | None = None
    if isinstance(key, str):
        obj = world.model.contacts[key]
    elif key is not None:
        obj = world.topology.checkables[key]
    world.changes.set(world.topology, obj, field, value, story.now, story.effects)
    return story


def service_of(story: Story) -> Service:
    return story.world.model.services[HTTP]


# --- in force -----------------------------------------------------------------------------------------------


def test_a_change_takes_the_place_of_the_configured_value_everywhere() -> None:
    story = changed(Story(the_model()), "check_interval", 77.0)

    topology = story.world.topology
    assert service_of(story).check_interval == 77.0
    assert topology.checkables[HTTP] is service_of(story)
    assert topology.services_of["web"] == [service_of(story)]
    assert story.model.services[HTTP].check_interval == 10.0  # the configuration is left as it is


def test_the_second_of_two_services_is_changed_in_its_place() -> None:
    model = a_model(a_service("a"), a_service("b"), a_service("c"))
    story = changed(Story(model), "check_interval", 77.0, ("web", "b"))

    services = story.world.topology.services_of["web"]
    assert [(one.service_description, one.check_interval) for one in services] == [
        ("a", 10.0),
        ("b", 77.0),
        ("c", 10.0),
    ]


def test_a_changed_contact_is_the_one_that_is_told() -> None:
    story = Story(a_model(a_service(max_check_attempts=1)))
    assert story.world.topology.contacts_of(service_of(story))[0].service_notifications_enabled

    changed(story, "service_notifications_enabled", False, "ana")
    story.service(HTTP, 2)

    assert story.told() == []
    assert story.reasons() == ["contact_disabled"]


def test_the_program_has_settings_too() -> None:
    story = changed(Story(the_model()), "enable_notifications", False, None)

    assert story.world.settings.enable_notifications is False


@pytest.mark.parametrize(
    ("key", "field", "value", "expected"),
    [
        (HTTP, "check_interval", 3.0, ("service", "web", "http", "")),
        (WEB, "check_interval", 3.0, ("host", "web", "", "")),
        ("ana", "host_notification_period", "never", ("contact", "", "", "ana")),
        (None, "enable_notifications", False, ("program", "", "", "")),
    ],
)
def test_a_change_is_an_event_that_names_the_object(
    key: tuple[str, str] | str | None, field: str, value: Any, expected: tuple[str, ...]
) -> None:
    changed(story := Story(the_model()), field, value, key)

    (event,) = story.happened(SettingChanged)
    assert (event.kind, event.host, event.service, event.name) == expected
    assert event.setting == field


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("notifications_enabled", False, "0"),
        ("check_interval", 2.5, "2.5"),
        ("check_period", "never", "never"),
        ("custom", {"COLOUR": "blue"}, "COLOUR=blue"),
    ],
)
def test_the_event_shows_the_value(field: str, value: Any, shown: str) -> None:
    (event,) = changed(Story(the_model()), field, value).happened(SettingChanged)

    assert event.value == shown


def test_a_changed_custom_variable_leaves_the_others() -> None:
    story = changed(changed(Story(the_model()), "custom", {"COLOUR": "blue"}), "custom", {"SIZE": "2"})

    assert service_of(story).custom == {"COLOUR": "blue", "SIZE": "2"}
    assert story.world.changes.of(SERVICE_KEY).fields == {"custom": {"COLOUR": "blue", "SIZE": "2"}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("restart!http!now", CommandCall("restart", ("http", "now"), "restart!http!now")),
        ("", None),
        (None, None),
    ],
)
def test_a_command_is_kept_as_text_and_used_as_a_call(text: str | None, expected: CommandCall | None) -> None:
    story = changed(Story(the_model(service={"event_handler": call("old")})), "event_handler", text)

    assert service_of(story).event_handler == expected
    assert story.world.changes.of(SERVICE_KEY).fields == {"event_handler": text}


# --- bits ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "bit"),
    [
        ("notifications_enabled", False, 1),
        ("active_checks_enabled", False, 2),
        ("passive_checks_enabled", False, 4),
        ("event_handler_enabled", False, 8),
        ("flap_detection_enabled", False, 16),
        ("process_perf_data", False, 64),
        ("obsess", False, 128),
        ("event_handler", "other", 256),
        ("check_command", "other", 512),
        ("check_interval", 7.0, 1024),
        ("retry_interval", 7.0, 2048),
        ("max_check_attempts", 7, 4096),
        ("check_period", "never", 16384),
        ("custom", {"COLOUR": "blue"}, 32768),
        ("notification_period", "never", 65536),
        ("event_handler_period", "never", 131072),
    ],
)
@pytest.mark.parametrize(("key", "change_key"), [(HTTP, SERVICE_KEY), (WEB, HOST_KEY)])
def test_each_field_of_an_object_has_its_bit_and_lasts(
    field: str, value: Any, bit: int, key: tuple[str, str], change_key: ChangeKey
) -> None:
    story = changed(Story(the_model()), field, value, key)
    in_force = getattr(story.world.topology.checkables[key], field)

    assert story.world.changes.of(change_key).bits == bit

    story.restart()
    assert getattr(story.world.topology.checkables[key], field) == in_force


def test_bits_add_up() -> None:
    story = changed(changed(Story(the_model()), "notifications_enabled", False), "check_interval", 5.0)

    assert story.world.changes.of(SERVICE_KEY).bits == 1 | 1024


@pytest.mark.parametrize(
    ("field", "value", "host_bits", "service_bits"),
    [
        ("enable_notifications", False, 1, 1),
        ("execute_host_checks", False, 2, 0),
        ("execute_service_checks", False, 0, 2),
        ("accept_passive_host_checks", False, 4, 0),
        ("accept_passive_service_checks", False, 0, 4),
        ("enable_event_handlers", False, 8, 8),
        ("enable_flap_detection", True, 16, 16),
        ("process_performance_data", True, 64, 64),
        ("obsess_over_hosts", True, 128, 0),
        ("obsess_over_services", True, 0, 128),
        ("global_host_event_handler", "other", 256, 0),
        ("global_service_event_handler", "other", 0, 256),
        ("check_host_freshness", True, 8192, 0),
        ("check_service_freshness", False, 0, 8192),
    ],
)
def test_each_setting_of_the_program_has_its_bits_and_lasts(
    field: str, value: Any, host_bits: int, service_bits: int
) -> None:
    story = changed(Story(the_model()), field, value, None)
    in_force = getattr(story.world.settings, field)
    kept = story.world.changes.of(PROGRAM)

    assert (kept.bits, kept.host_bits, kept.service_bits) == (0, host_bits, service_bits)

    story.restart()
    assert getattr(story.world.settings, field) == in_force != getattr(MainSettings(), field)


@pytest.mark.parametrize(
    ("field", "value", "bits"),
    [
        ("host_notifications_enabled", False, (0, 1, 0)),
        ("service_notifications_enabled", False, (0, 0, 1)),
        ("host_notification_period", "never", (0, 65536, 0)),
        ("service_notification_period", "never", (0, 0, 65536)),
        ("custom", {"COLOUR": "blue"}, (32768, 0, 0)),
    ],
)
def test_each_setting_of_a_contact_has_its_bit_and_lasts(
    field: str, value: Any, bits: tuple[int, int, int]
) -> None:
    story = changed(Story(the_model()), field, value, "ana")
    in_force = getattr(story.world.model.contacts["ana"], field)
    kept = story.world.changes.of(CONTACT_KEY)

    assert (kept.bits, kept.host_bits, kept.service_bits) == bits

    story.restart()
    assert getattr(story.world.model.contacts["ana"], field) == in_force


# --- restarts -----------------------------------------------------------------------------------------------


def test_without_its_bit_a_change_ends_with_the_run() -> None:
    story = changed(Story(the_model()), "check_interval", 77.0)
    story.world.changes.set_bits(SERVICE_KEY, story.effects, bits=0)
    assert service_of(story).check_interval == 77.0

    assert service_of(story.restart()).check_interval == 10.0


@pytest.mark.parametrize(
    ("mask", "field", "value", "key"),
    [
        ({"retained_host_attribute_mask": 1}, "notifications_enabled", False, WEB),
        ({"retained_service_attribute_mask": 1}, "notifications_enabled", False, HTTP),
        ({"retained_contact_host_attribute_mask": 1}, "host_notifications_enabled", False, "ana"),
        ({"retained_contact_service_attribute_mask": 1}, "service_notifications_enabled", False, "ana"),
        ({"retained_process_host_attribute_mask": 2}, "execute_host_checks", False, None),
        ({"retained_process_service_attribute_mask": 2}, "execute_service_checks", False, None),
    ],
)
def test_a_mask_takes_attributes_away_at_a_restart(
    mask: dict[str, Any], field: str, value: Any, key: tuple[str, str] | str | None
) -> None:
    def in_force(story: Story) -> Any:
        model = story.world.model
        if key is None:
            return getattr(model.settings, field)
        return getattr(
            model.contacts[key] if isinstance(key, str) else story.world.topology.checkables[key], field
        )

    without, masked = Story(the_model()), Story(the_model(**mask))
    for story in (without, masked):
        changed(story, field, value, key).restart()

    assert in_force(without) == value
    assert in_force(masked) != value


def test_a_mask_of_other_attributes_leaves_a_change_alone() -> None:
    story = changed(Story(the_model(retained_service_attribute_mask=2)), "notifications_enabled", False)

    assert service_of(story.restart()).notifications_enabled is False


def test_an_object_that_keeps_no_settings_begins_as_configured() -> None:
    story = Story(the_model(service={"retain_nonstatus_information": False}))
    changed(story, "notifications_enabled", False)

    assert service_of(story.restart()).notifications_enabled is True


def test_a_contact_that_keeps_no_settings_begins_as_configured() -> None:
    story = Story(a_model(a_service(), a_contact(retain_nonstatus_information=False)))
    changed(story, "host_notifications_enabled", False, "ana")

    assert story.restart().world.model.contacts["ana"].host_notifications_enabled is True


def test_a_program_that_keeps_no_state_begins_as_configured() -> None:
    story = changed(Story(the_model(use_retained_program_state=False)), "enable_notifications", False, None)

    assert story.restart().world.settings.enable_notifications is True


def test_a_changed_custom_variable_is_put_among_those_of_a_new_configuration() -> None:
    story = changed(Story(the_model()), "custom", {"COLOUR": "blue"})

    story.restart(the_model(service={"custom": {"COLOUR": "green", "SHAPE": "round"}}))

    assert service_of(story).custom == {"COLOUR": "blue", "SHAPE": "round"}


def test_changes_of_what_is_gone_do_no_harm() -> None:
    story = changed(Story(the_model()), "check_interval", 77.0)
    changed(story, "host_notifications_enabled", False, "ana")

    story.restart(a_model(a_host(), a_contact("bia")))

    assert list(story.world.model.contacts) == ["bia"]


@pytest.mark.parametrize("reload", [True, False])
@pytest.mark.parametrize("field", ["check_period", "notification_period", "event_handler_period"])
def test_a_period_that_a_new_configuration_does_not_have_gives_way_to_the_configured_one(
    field: str, reload: bool
) -> None:
    story = changed(Story(the_model()), field, "never")

    begun_anew(story, a_model(a_service(max_check_attempts=1)), reload=reload)
    story.at(10).service(HTTP, 2)

    assert getattr(service_of(story), field) is None
    assert story.told() == ["ana PROBLEM CRITICAL"]


@pytest.mark.parametrize("reload", [True, False])
def test_the_same_holds_for_the_periods_of_contacts(reload: bool) -> None:
    story = changed(Story(the_model()), "service_notification_period", "never", "ana")

    begun_anew(story, a_model(a_service(max_check_attempts=1)), reload=reload)
    story.at(10).service(HTTP, 2)

    assert story.told() == ["ana PROBLEM CRITICAL"]


@pytest.mark.parametrize("reload", [True, False])
def test_the_same_holds_for_commands(reload: bool) -> None:
    story = changed(Story(the_model()), "event_handler", "other!x")
    changed(story, "global_service_event_handler", "other", None)

    begun_anew(story, a_model(a_service(event_handler=call("check-host"))), reload=reload)

    assert service_of(story).event_handler == call("check-host")
    assert story.world.settings.global_service_event_handler is None


@pytest.mark.parametrize("reload", [True, False])
def test_that_an_object_is_to_have_no_command_lasts(reload: bool) -> None:
    model = the_model(service={"event_handler": call("other")})
    story = changed(Story(model), "event_handler", "")

    begun_anew(story, model, reload=reload)

    assert service_of(story).event_handler is None


@pytest.mark.parametrize("reload", [True, False])
def test_a_changed_variable_that_a_new_configuration_does_not_have_is_gone(reload: bool) -> None:
    story = changed(Story(the_model()), "custom", {"COLOUR": "blue"})

    begun_anew(story, the_model(service={"custom": {"SHAPE": "round"}}), reload=reload)

    assert service_of(story).custom == {"SHAPE": "round"}


def begun_anew(story: Story, model: Model, *, reload: bool) -> None:
    """The configuration is read again, or the server started anew with it."""
    if reload:
        story.world.replace(model, story.now, Effects())
    else:
        story.restart(model)


# --- reloads ------------------------------------------------------------------------------------------------


def test_a_change_outlives_a_reload() -> None:
    story = changed(Story(the_model()), "check_interval", 77.0)

    story.world.replace(the_model(service={"notes": "new"}), story.now, Effects())

    assert (service_of(story).check_interval, service_of(story).notes) == (77.0, "new")


def test_the_changes_of_what_a_reload_takes_away_are_forgotten() -> None:
    story = changed(Story(the_model()), "check_interval", 77.0)
    changed(story, "host_notifications_enabled", False, "ana")
    effects = Effects()

    story.world.replace(a_model(a_host(), a_contact("bia")), story.now, effects)

    assert story.world.changes.all() == {}
    assert effects.changes == {SERVICE_KEY: None, CONTACT_KEY: None}


def test_nothing_is_forgotten_where_nothing_was_changed() -> None:
    changes, effects = Changes(), Effects()

    changes.forget(HOST_KEY, effects)

    assert effects.changes == {}


# --- the books ----------------------------------------------------------------------------------------------


def test_every_change_is_handed_on_to_be_stored() -> None:
    story = changed(Story(the_model()), "check_interval", 77.0)

    assert story.world.changes.all() == {SERVICE_KEY: Change(bits=1024, fields={"check_interval": 77.0})}


def test_what_was_not_changed_has_an_empty_change() -> None:
    assert Changes().of(HOST_KEY) == Change()


def test_objects_are_named_by_their_kind() -> None:
    assert [key_of(one) for one in (a_host(), a_service(), a_contact())] == [HOST_KEY, SERVICE_KEY, CONTACT_KEY]
