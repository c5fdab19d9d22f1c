"""Words for what the core only names: kinds of messages, reasons for telling, settings that can be changed.

The page, the command line and the explanations say the same thing with the same words.
"""

from atalaia.texts.wording import Texts, to_say

KINDS = {
    "PROBLEM": to_say("of the problem"),
    "RECOVERY": to_say("of the recovery"),
    "ACKNOWLEDGEMENT": to_say("of the acknowledgement"),
    "FLAPPINGSTART": to_say("that it flaps"),
    "FLAPPINGSTOP": to_say("that it stopped flapping"),
    "FLAPPINGDISABLED": to_say("that nobody watches its flapping any more"),
    "DOWNTIMESTART": to_say("that a downtime began"),
    "DOWNTIMEEND": to_say("that a downtime ended"),
    "DOWNTIMECANCELLED": to_say("that a downtime was cancelled"),
    "CUSTOM": to_say("by a message of its own"),
}
"""Nagios' notification types after "… was told"."""

REASONS = {
    "first": to_say("the first message about this problem"),
    "interval": to_say("the time between two messages has passed"),
    "state_changed": to_say("the problem is another one now"),
    "volatile": to_say("every bad result of a volatile service is told"),
    "recovered": to_say("the problem that was told has ended"),
    "asked_for": to_say("somebody asked for it"),
    "forced": to_say("somebody asked for it whatever the filters say"),
    "began_or_ended": to_say("its contacts want to hear of it"),
    "disabled_everywhere": to_say("notifications are switched off on the whole server"),
    "outside_period": to_say("it is outside the notification period"),
    "disabled": to_say("notifications are switched off for this object"),
    "soft": to_say("the state is not confirmed yet"),
    "acknowledged": to_say("somebody has acknowledged the problem"),
    "dependency": to_say("something that it depends on is bad"),
    "options": to_say("its notification options leave this out"),
    "nothing_told": to_say("nobody had been told of the problem"),
    "first_delay": to_say("the delay before the first message has not passed"),
    "flapping": to_say("it is flapping"),
    "in_downtime": to_say("it is in a downtime"),
    "host_in_downtime": to_say("its host is in a downtime"),
    "awaits_downtime": to_say("a flexible downtime of it waits for this problem"),
    "host_awaits_downtime": to_say("a flexible downtime of its host waits for a problem"),
    "no_problem": to_say("there is no problem that could be acknowledged"),
    "once_only": to_say("one message is enough by its configuration"),
    "host_not_up": to_say("its host is not up, which is told instead"),
    "parents_not_up": to_say("no parent of its host is up"),
    "too_early": to_say("the time between two messages has not passed"),
    "no_contacts": to_say("it has no contacts"),
    "contact_disabled": to_say("notifications are switched off for this contact"),
    "contact_outside_period": to_say("it is outside the contact's notification period"),
    "contact_options": to_say("the contact's notification options leave this out"),
    "contact_importance": to_say("it is less important than what the contact wants to hear of"),
    "contact_has_no_way": to_say("the contact names no way of being told"),
}
"""Words for `atalaia.core.notifying.Reason`, by its stored value."""

SETTINGS = {
    "notifications_enabled": to_say("notifications"),
    "active_checks_enabled": to_say("active checks"),
    "passive_checks_enabled": to_say("results from outside"),
    "event_handler_enabled": to_say("event handler"),
    "flap_detection_enabled": to_say("flap detection"),
    "process_perf_data": to_say("performance data"),
    "obsess": to_say("obsessive command"),
    "event_handler": to_say("event handler command"),
    "check_command": to_say("check command"),
    "check_interval": to_say("check interval"),
    "retry_interval": to_say("retry interval"),
    "max_check_attempts": to_say("attempts until confirmed"),
    "check_period": to_say("check period"),
    "notification_period": to_say("notification period"),
    "event_handler_period": to_say("event handler period"),
    "custom": to_say("custom variables"),
    "host_notifications_enabled": to_say("notifications about hosts"),
    "service_notifications_enabled": to_say("notifications about services"),
    "host_notification_period": to_say("notification period for hosts"),
    "service_notification_period": to_say("notification period for services"),
    "enable_notifications": to_say("notifications"),
    "execute_service_checks": to_say("checks of services"),
    "execute_host_checks": to_say("checks of hosts"),
    "accept_passive_service_checks": to_say("results from outside for services"),
    "accept_passive_host_checks": to_say("results from outside for hosts"),
    "enable_event_handlers": to_say("event handlers"),
    "enable_flap_detection": to_say("flap detection"),
    "process_performance_data": to_say("performance data"),
    "obsess_over_services": to_say("obsessive command for services"),
    "obsess_over_hosts": to_say("obsessive command for hosts"),
    "check_service_freshness": to_say("freshness of services"),
    "check_host_freshness": to_say("freshness of hosts"),
    "global_host_event_handler": to_say("event handler for all hosts"),
    "global_service_event_handler": to_say("event handler for all services"),
}
"""Settings that can be changed while the server runs, by their directives' names."""

_SWITCH_BEGINNINGS = ("enable_", "execute_", "accept_", "obsess", "check_host_", "check_service_", "process_")

_SWITCHES = frozenset(
    name for name in SETTINGS if name.startswith(_SWITCH_BEGINNINGS) or name.endswith("_enabled")
)


def kind_of(kind: str, state: str) -> str:
    """The kind of a message as people see it: of a good state there is only a recovery to tell, also where the
    rules were asked as for a problem."""
    return "RECOVERY" if kind == "PROBLEM" and state in ("OK", "UP") else kind


def what(say: Texts, kind: str, state: str = "") -> str:
    """What somebody is told, after "… was told"; an unknown kind is returned as it is."""
    words = KINDS.get(kind_of(kind, state))
    return say.say(words) if words else kind


def why(say: Texts, reason: str) -> str:
    """Why somebody was told or not, as a clause."""
    words = REASONS.get(reason)
    return say.say(words) if words else reason.replace("_", " ")


def setting(say: Texts, name: str) -> str:
    """A setting's name for people; an unknown one is returned as it is."""
    words = SETTINGS.get(name)
    return say.say(words) if words else name


def setting_value(say: Texts, name: str, value: object) -> str:
    """A setting's value for people: switches are on or off, also when they come as ``1`` and ``0``."""
    if name in _SWITCHES:
        return say.say("on") if value in (True, 1, "1") else say.say("off")
    if value in (None, "", "None"):
        return say.say("none")
    text = str(value)
    return text.removesuffix(".0")


def setting_with_value(say: Texts, name: str, value: object) -> str:
    """``notifications: off``."""
    return f"{setting(say, name)}: {setting_value(say, name, value)}"
