"""Macro names to the functions that resolve them, and the memory of texts that were taken apart."""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Protocol

from msgspec.structs import replace

from atalaia.core import macro_server as server
from atalaia.core.macro_context import MacroContext
from atalaia.core.macro_groups import (
    CONTACT_ADDRESSES,
    CONTACT_GROUP_MACROS,
    CONTACT_MACROS,
    HOST_GROUP_MACROS,
    SERVICE_GROUP_MACROS,
)
from atalaia.core.macro_hosts import HOST_MACROS, HostValue
from atalaia.core.macro_objects import (
    of_contact,
    of_contact_group,
    of_host,
    of_host_group,
    of_service,
    of_service_group,
)
from atalaia.core.macro_services import SERVICE_MACROS, ServiceValue
from atalaia.core.macro_summary import SUMMARY_MACROS, total
from atalaia.core.macro_text import Resolve, Template, c_integer, put_together, take_apart
from atalaia.core.objects import Contact

MAX_ARGS = 32
MAX_USER_MACROS = 256

_FROM_OUTSIDE = ("OUTPUT", "PERFDATA", "ACKAUTHOR", "ACKCOMMENT")
CLEANED = frozenset(
    {
        *(f"{kind}{what}" for kind in ("HOST", "SERVICE", "LONGHOST", "LONGSERVICE") for what in _FROM_OUTSIDE),
        *server.NOTIFICATION_MACROS,
    }
)
"""What plugins and people may have put dangerous signs into. Custom variables are cleaned too.

Nagios cleaned only outputs, performance data and acknowledgements until 2026; the rest since CVE-2026-48553 and
CVE-2026-48554 (4.5.13, 4.5.14, and distributions' backports).
"""

_NESTED_AT_MOST = 4
"""How deep notes may hold notes."""


@lru_cache(maxsize=16_384)
def template(text: str) -> Template:
    """The text taken apart; remembered, since commands are few and used often."""
    return take_apart(text, resolver_for)


def resolver_for(macro: str) -> tuple[Resolve, bool] | None:
    """How to resolve what stands between two ``$``, and whether its value is cleaned; None: it is no macro."""
    for prefix, limit, resolve in (("ARG", MAX_ARGS, _argument), ("USER", MAX_USER_MACROS, _user_macro)):
        if macro.startswith(prefix):
            number = c_integer(macro.removeprefix(prefix))
            return (partial(resolve, number), False) if 1 <= number <= limit else None
    name, *rest = macro.split(":", 2)
    first, second = (*rest, None, None)[:2]
    if name in STANDARD_MACROS:
        return STANDARD_MACROS[name](first, second), name in CLEANED
    if name.startswith("CONTACTADDRESS"):
        place = c_integer(name.removeprefix("CONTACTADDRESS"))
        address = partial(_address, place)
        return (of_contact(address, first, second), False) if 1 <= place <= CONTACT_ADDRESSES else None
    custom = _custom(name, first, second)
    return None if custom is None else (custom, True)


def _argument(number: int, context: MacroContext) -> str:
    args = context.args
    return args[number - 1] if number <= len(args) else ""


def _user_macro(number: int, context: MacroContext) -> str:
    return context.topology.model.settings.user_macros.get(number, "")


def _address(place: int, contact: Contact) -> str | None:
    return contact.addresses[place - 1]


def _custom(name: str, first: str | None, second: str | None) -> Resolve | None:
    """A custom variable's macro. A variable that the object does not have is empty (as since Nagios 4.5.7)."""
    if name.startswith("_HOST"):
        variable = name.removeprefix("_HOST")
        return of_host(lambda _, host: host.custom.get(variable, ""), first, second)
    if name.startswith("_SERVICE"):
        variable = name.removeprefix("_SERVICE")
        return of_service(lambda _, service: service.custom.get(variable, ""), first, second)
    if name.startswith("_CONTACT"):
        variable = name.removeprefix("_CONTACT")
        return of_contact(lambda contact: contact.custom.get(variable, ""), first, second)
    return None


class _WithNotes(Protocol):
    """Hosts, services and the groups of both."""

    @property
    def notes(self) -> str | None: ...

    @property
    def notes_url(self) -> str | None: ...

    @property
    def action_url(self) -> str | None: ...


def _expanded_once_more(text: str | None, context: MacroContext, *, in_url: bool) -> str:
    """Notes or an address with its own macros expanded, from the objects at hand whosever notes they are.

    Unlike Nagios', notes are cleaned like the text around them: otherwise notes with $SERVICEOUTPUT$ would
    carry a plugin's backquotes into a command.
    """
    if not text or "$" not in text:
        return text or ""
    if text in context.within or len(context.within) >= _NESTED_AT_MOST:
        return ""
    return put_together(template(text), replace(context, within=(*context.within, text)), in_url=in_url)


def _notes(context: MacroContext, of: _WithNotes) -> str:
    return _expanded_once_more(of.notes, context, in_url=False)


def _notes_url(context: MacroContext, of: _WithNotes) -> str:
    return _expanded_once_more(of.notes_url, context, in_url=True)


def _action_url(context: MacroContext, of: _WithNotes) -> str:
    return _expanded_once_more(of.action_url, context, in_url=True)


def _host_acknowledgement(value: server.NotificationValue, context: MacroContext, _: object) -> str:
    """Empty when a service's acknowledgement is told."""
    return server.acknowledgement_macro(context, value) if context.service is None else ""


def _service_acknowledgement(value: server.NotificationValue, context: MacroContext, _: object) -> str:
    """Empty when a host's acknowledgement is told."""
    return server.acknowledgement_macro(context, value) if context.service is not None else ""


Finder = Callable[[str | None, str | None], Resolve]
"""Makes the function of a macro from the two parts behind its name, None where left out."""


def _host_macros() -> dict[str, Finder]:
    values: dict[str, HostValue] = {
        **HOST_MACROS,
        "HOSTNOTES": _notes,
        "HOSTNOTESURL": _notes_url,
        "HOSTACTIONURL": _action_url,
        **{
            f"HOST{name}": partial(_host_acknowledgement, value)
            for name, value in server.ACKNOWLEDGEMENT_MACROS.items()
        },
    }
    found: dict[str, Finder] = {name: partial(of_host, value) for name, value in values.items()}
    found["HOSTSTATEID"] = partial(of_host, values["HOSTSTATEID"], unknown="2")
    return found


def _service_macros() -> dict[str, Finder]:
    values: dict[str, ServiceValue] = {
        **SERVICE_MACROS,
        "SERVICENOTES": _notes,
        "SERVICENOTESURL": _notes_url,
        "SERVICEACTIONURL": _action_url,
        **{
            f"SERVICE{name}": partial(_service_acknowledgement, value)
            for name, value in server.ACKNOWLEDGEMENT_MACROS.items()
        },
    }
    found: dict[str, Finder] = {name: partial(of_service, value) for name, value in values.items()}
    found["SERVICESTATEID"] = partial(of_service, values["SERVICESTATEID"], unknown="3")
    return found


def _group_macros() -> dict[str, Finder]:
    notes = (("NOTES", _notes), ("NOTESURL", _notes_url), ("ACTIONURL", _action_url))
    return {
        **{name: partial(of_host_group, value) for name, value in HOST_GROUP_MACROS.items()},
        **{name: partial(of_service_group, value) for name, value in SERVICE_GROUP_MACROS.items()},
        **{name: partial(of_contact_group, value) for name, value in CONTACT_GROUP_MACROS.items()},
        **{f"HOSTGROUP{name}": partial(of_host_group, value) for name, value in notes},
        **{f"SERVICEGROUP{name}": partial(of_service_group, value) for name, value in notes},
    }


def _ignoring_parts(resolve: Resolve) -> Finder:
    return lambda _first, _second: resolve


def _period(macro: str) -> Finder:
    return lambda first, second: partial(server.period_macro, macro=macro, period=first, moment=second)


def _setting(value: server.FileValue) -> Resolve:
    return lambda context: value(context.settings)


STANDARD_MACROS: dict[str, Finder] = {
    **_host_macros(),
    **_service_macros(),
    **_group_macros(),
    **{name: partial(of_contact, value) for name, value in CONTACT_MACROS.items()},
    **{name: _ignoring_parts(partial(total, macro=name)) for name in SUMMARY_MACROS},
    **{name: _ignoring_parts(value) for name, value in server.TIME_MACROS.items()},
    **{name: _ignoring_parts(_setting(value)) for name, value in server.FILE_MACROS.items()},
    **{
        name: _ignoring_parts(partial(server.notification_macro, value=value))
        for name, value in server.NOTIFICATION_MACROS.items()
    },
    **{name: _period(name) for name in server.PERIOD_MACROS},
}
"""Every macro that has a name of its own, and an environment variable."""
