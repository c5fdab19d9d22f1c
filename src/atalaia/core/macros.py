"""Macros: ``$HOSTADDRESS$`` and its kin in commands, notes and file templates, by the rules of Nagios 4.5.

This is the face of the modules named `macro_…`. Which macros there are: `macro_lookup`; what the signs mean:
`macro_text`; what they are expanded from: `macro_context`.

Where people or plugins have a hand in a value, it is cleaned before it goes into a command line: characters
of ``illegal_macro_output_chars`` and control characters are removed. `macro_lookup.CLEANED` names them.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from atalaia.core.macro_context import MacroContext, NotificationFacts
from atalaia.core.macro_groups import CONTACT_ADDRESSES
from atalaia.core.macro_lookup import MAX_ARGS, STANDARD_MACROS, template
from atalaia.core.macro_summary import SUMMARY_MACROS
from atalaia.core.macro_text import cleaned, put_together

__all__ = ["MacroContext", "NotificationFacts", "environment", "expand", "expand_command"]

_PREFIX = "NAGIOS_"
_TOO_MUCH_FOR_LARGE_INSTALLATIONS = frozenset(
    {*SUMMARY_MACROS, "HOSTGROUPMEMBERS", "HOSTGROUPMEMBERADDRESSES", "SERVICEGROUPMEMBERS"}
)


def expand(text: str, context: MacroContext, *, clean: bool) -> str:
    """The text with its macros replaced; `clean` when it is going to be run as a command."""
    if "$" not in text:
        return text
    return put_together(template(text), context if context.clean is clean else replace(context, clean=clean))


def expand_command(
    command_line: str, context: MacroContext, args: Sequence[str] = (), *, clean: bool = True
) -> str:
    """A command ready to be run: first the arguments of the call are expanded, then the command's own macros.

    An argument may use those before it. Arguments beyond the 32nd are ignored. What an argument expands to is
    not expanded again. With `clean` off, nothing is cleaned out: only for commands that no shell gets to see.
    """
    return put_together(template(command_line), _with_args(context, args, clean=clean))


def _with_args(context: MacroContext, args: Sequence[str], *, clean: bool = True) -> MacroContext:
    args = args[:MAX_ARGS]
    if not any("$" in arg for arg in args):
        return replace(context, args=(*args,), clean=clean)
    ready = replace(context, args=(), clean=clean)
    for arg in args:
        ready = replace(ready, args=(*ready.args, put_together(template(arg), ready)))
    return ready


def environment(context: MacroContext, args: Sequence[str] = ()) -> dict[str, str]:
    """The ``NAGIOS_…`` variables of a command: all standard macros, arguments, custom variables, addresses.

    Empty unless ``enable_environment_macros`` is on. Macros without a value here are there, and empty. Only
    custom variables and arguments are cleaned, as with Nagios: no shell reads what is in the environment. The
    contact's addresses count from 0.
    """
    settings = context.settings
    if not settings.enable_environment_macros:
        return {}
    args = _with_args(context, args).args
    context = replace(context, args=args, clean=False)
    left_out = _TOO_MUCH_FOR_LARGE_INSTALLATIONS if settings.use_large_installation_tweaks else frozenset()
    found = {
        f"{_PREFIX}{name}": find(None, None)(context) or ""
        for name, find in STANDARD_MACROS.items()
        if name not in left_out
    }
    found |= {f"{_PREFIX}ARG{n + 1}": args[n] if n < len(args) else "" for n in range(MAX_ARGS)}
    found |= _custom_variables(context)
    if context.contact is not None:
        for place in range(CONTACT_ADDRESSES):
            found[f"{_PREFIX}CONTACTADDRESS{place}"] = context.contact.addresses[place] or ""
    return found


def _custom_variables(context: MacroContext) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, owner in (("HOST", context.host), ("SERVICE", context.service), ("CONTACT", context.contact)):
        for name, value in owner.custom.items() if owner is not None else ():
            if harmless := cleaned(value, context.settings.illegal_macro_output_chars):
                found[f"{_PREFIX}_{kind}{name}"] = harmless
    return found
