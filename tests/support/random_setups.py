"""Strategies for small installations: mostly ordinary, with a few quirks each."""

from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from atalaia.core.objects import Escalation, HostDependency, ObjectKey, ServiceDependency
from support.builders import call
from support.setups import Setup

HOSTS = ("web", "db", "gate")
SERVICES: tuple[ObjectKey, ...] = (("web", "http"), ("web", "disk"), ("db", "sql"))
CONTACTS = ("ana", "bob", "eva")

Quirk = dict[str, Any]

_OF_BOTH: tuple[Quirk, ...] = (
    {"max_check_attempts": 1},
    {"max_check_attempts": 2},
    {"max_check_attempts": 4},
    {"notification_interval": 0.0},
    {"notification_interval": 1.0},
    {"notification_interval": 10.0},
    {"first_notification_delay": 5.0},
    {"notification_period": "even"},
    {"notification_period": "odd"},
    {"notifications_enabled": False},
    {"low_flap_threshold": 5.0, "high_flap_threshold": 10.0},
    {"flap_detection_enabled": False},
    {"contacts": ("ana",)},
    {"contacts": ("ana", "bob", "eva")},
    {"contacts": (), "contact_groups": ("team",)},
    {"contacts": ("bob",), "contact_groups": ("team",)},
    {"contacts": ()},
    {"check_period": "even"},
    {"check_interval": 0.0},
    {"active_checks_enabled": False},
    {"passive_checks_enabled": False},
    {"check_freshness": True, "freshness_threshold": 120},
    {"importance": 5},
    {"event_handler": call("check-host")},
    {"check_command": None},
    {"custom": {"LEVEL": "1"}},
)
OF_SERVICES: tuple[Quirk, ...] = (
    *_OF_BOTH,
    {"is_volatile": True},
    {"notification_options": "wucr"},
    {"notification_options": "cr"},
    {"notification_options": "wucfs"},
    {"flap_detection_options": "oc"},
    {"stalking_options": "owcuN"},
    {"initial_state": 2},
)
OF_HOSTS: tuple[Quirk, ...] = (
    *_OF_BOTH,
    {"notification_options": "dur"},
    {"notification_options": "dr"},
    {"notification_options": "du"},
    {"flap_detection_options": "od"},
    {"stalking_options": "oduN"},
    {"initial_state": 1},
)
OF_CONTACTS: tuple[Quirk, ...] = (
    {"service_notification_period": "even", "host_notification_period": "even"},
    {"service_notification_period": "odd", "host_notification_period": "odd"},
    {"service_notification_options": "cr", "host_notification_options": "dr"},
    {"service_notification_options": "wucr", "host_notification_options": "dur"},
    {"service_notification_options": "wuc", "host_notification_options": "du"},
    {"service_notifications_enabled": False},
    {"host_notifications_enabled": False},
    {"minimum_importance": 4},
    {"service_notification_commands": (call("tell-service"), call("tell-host"))},
    {"service_notification_commands": (call("tell-service!loud"), call("tell-service!quiet"))},
    {"service_notification_commands": (), "host_notification_commands": ()},
    {"custom": {"CHANNEL": "mail"}},
)
OF_SETTINGS: tuple[Quirk, ...] = (
    {"enable_flap_detection": False},
    {"soft_state_dependencies": True},
    {"passive_host_checks_are_soft": True},
    {"translate_passive_host_checks": True},
    {"enable_notifications": False},
    {"execute_service_checks": False},
    {"execute_host_checks": False},
    {"cached_host_check_horizon": 15},
    {"host_down_disable_service_checks": True},
    {"check_host_freshness": True},
    {"use_retained_scheduling_info": True},
    {"obsess_over_services": True},
)
FLAPPY: Quirk = {
    "enable_flap_detection": True,
    "low_service_flap_threshold": 5.0,
    "high_service_flap_threshold": 10.0,
    "low_host_flap_threshold": 5.0,
    "high_host_flap_threshold": 10.0,
}


def _quirks(known: tuple[Quirk, ...], most: int) -> st.SearchStrategy[Quirk]:
    return st.lists(st.sampled_from(known), max_size=most).map(
        lambda found: {name: value for quirk in found for name, value in quirk.items()}
    )


@st.composite
def setups(draw: st.DrawFn, *, escalated: bool = True, flappy: bool = False) -> Setup:
    """Any small installation; a `flappy` one thinks quickly that something flaps."""
    services = SERVICES[: draw(st.integers(1, len(SERVICES)))]
    hosts: dict[str, Quirk] = {}
    for name in HOSTS[: max(1 + any(host == "db" for host, _ in services), draw(st.integers(1, len(HOSTS))))]:
        parents = tuple(hosts)[: draw(st.integers(0, 2))] if hosts else ()
        hosts[name] = draw(_quirks(OF_HOSTS, 3)) | ({"parents": parents} if parents else {})
    return Setup(
        hosts=hosts,
        services={key: draw(_quirks(OF_SERVICES, 4)) for key in services},
        contacts={
            name: quirk for name in CONTACTS if (quirk := draw(_quirks(OF_CONTACTS, 1 + (name == "bob"))))
        },
        settings=draw(_quirks(OF_SETTINGS, 1)) | (FLAPPY if flappy else {}),
        host_dependencies=draw(_host_dependencies(tuple(hosts))),
        service_dependencies=draw(_service_dependencies(services)),
        host_escalations=draw(_escalations(tuple((name, "") for name in hosts))) if escalated else (),
        service_escalations=draw(_escalations(services)) if escalated else (),
    )


@st.composite
def _host_dependencies(draw: st.DrawFn, hosts: tuple[str, ...]) -> tuple[HostDependency, ...]:
    if len(hosts) < 2 or draw(st.integers(0, 3)):
        return ()
    return (
        HostDependency(
            host_name=hosts[0],
            dependent_host_name=hosts[-1],
            dependency_period=draw(st.sampled_from((None, "even"))),
            execution_failure_options=draw(st.sampled_from(("", "d"))),
            notification_failure_options=draw(st.sampled_from(("du", "o", ""))),
        ),
    )


@st.composite
def _service_dependencies(draw: st.DrawFn, services: tuple[ObjectKey, ...]) -> tuple[ServiceDependency, ...]:
    if len(services) < 2 or draw(st.integers(0, 2)):
        return ()
    pairs = list(pairwise(services))
    return tuple(
        ServiceDependency(
            host_name=master[0],
            service_description=master[1],
            dependent_host_name=dependent[0],
            dependent_service_description=dependent[1],
            dependency_period=draw(st.sampled_from((None, "odd"))),
            inherits_parent=draw(st.booleans()),
            execution_failure_options=draw(st.sampled_from(("", "wuc"))),
            notification_failure_options=draw(st.sampled_from(("wuc", "c", "o", ""))),
        )
        for master, dependent in pairs[: draw(st.integers(1, len(pairs)))]
    )


@st.composite
def _escalations(draw: st.DrawFn, keys: tuple[ObjectKey, ...]) -> tuple[Escalation, ...]:
    found = []
    for _ in range(draw(st.sampled_from((0, 0, 1, 2)))):
        host, service = draw(st.sampled_from(keys))
        found.append(
            Escalation(
                host_name=host,
                service_description=service,
                first_notification=draw(st.integers(1, 3)),
                last_notification=draw(st.sampled_from((0, 2, 3))),
                notification_interval=draw(st.sampled_from((0.0, 1.0, 10.0))),
                escalation_period=draw(st.sampled_from((None, "even"))),
                escalation_options=draw(st.sampled_from(("wucdr", "cdr", "wucd"))),
                contacts=draw(st.sampled_from((("bob",), ("eva",), ("ana", "eva")))),
            )
        )
    return tuple(found)
