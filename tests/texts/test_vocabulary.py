"""Words for what the core only names: nothing of it is left without one."""

import pytest

from atalaia.core.changes import HOST_PART_BITS, OBJECT_BITS, SERVICE_PART_BITS
from atalaia.core.notifying import Reason
from atalaia.core.step import NotificationKind
from atalaia.ports.control import ProgramView
from atalaia.texts import texts
from atalaia.texts.vocabulary import KINDS, REASONS, SETTINGS, setting_with_value, what, why

EN, PT = texts("en"), texts("pt_BR")


def test_every_reason_has_words() -> None:
    assert {one.value for one in Reason} == set(REASONS)


def test_every_kind_of_message_has_words() -> None:
    assert {one.value for one in NotificationKind} == set(KINDS)


def test_every_setting_that_can_be_changed_has_a_name() -> None:
    switches = set(ProgramView.__struct_fields__) - {"changed"}

    assert {*OBJECT_BITS, *HOST_PART_BITS, *SERVICE_PART_BITS, *switches} - set(SETTINGS) == set()


def test_what_is_not_known_is_shown_by_its_name() -> None:
    assert (what(EN, "NEW"), why(EN, "some_new_reason")) == ("NEW", "some new reason")


def test_of_a_good_state_there_is_only_a_recovery_to_tell() -> None:
    assert what(EN, "PROBLEM", "OK") == "of the recovery"
    assert what(EN, "PROBLEM", "CRITICAL") == "of the problem"


@pytest.mark.parametrize(
    ("name", "value", "en", "pt_br"),
    [
        ("notifications_enabled", False, "notifications: off", "notificações: não"),
        ("notifications_enabled", "1", "notifications: on", "notificações: sim"),
        ("check_interval", 5.0, "check interval: 5", "intervalo entre verificações: 5"),
        ("check_period", None, "check period: none", "período de verificação: nenhum"),
    ],
)
def test_a_setting_is_said_with_its_value(name: str, value: object, en: str, pt_br: str) -> None:
    assert (setting_with_value(EN, name, value), setting_with_value(PT, name, value)) == (en, pt_br)
