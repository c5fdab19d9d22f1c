"""Names that objects mention outside of lists: periods, contacts, contact groups.

Here: does it exist, and the order in which Nagios keeps a list. Asked often, so every answer is remembered.
"""

from collections.abc import Iterable

from atalaia.config.inherit import Resolved
from atalaia.config.names import unknown_name
from atalaia.config.problems import Problems
from atalaia.config.values import split_names

_WORDS = {"contactgroup": "contact group", "timeperiod": "time period"}


class References:
    """Looks names up among the registered objects."""

    def __init__(self, known: dict[str, frozenset[str]], problems: Problems) -> None:
        self._known = known
        self._problems = problems
        self._lists: dict[tuple[str, str], tuple[str, ...]] = {}

    def period(self, name: str, resolved: Resolved, directive: str) -> str:
        """Return `name`; note it when there is no such time period."""
        if name in self._known["timeperiod"]:
            return name
        if not resolved.damaged:
            place = resolved.definition.place_of(directive)
            if name:
                unknown_name("timeperiod", name, self._known["timeperiod"], self._problems, place)
            else:
                self._problems.error(place, f"`{directive}` is empty; name a time period, or write `null`")
        return name

    def names(self, kind: str, text: str, resolved: Resolved, directive: str) -> tuple[str, ...]:
        """Return the names of a list, each once, the last first as Nagios keeps them."""
        found = self._lists.get((kind, text))
        if found is not None:
            return found
        unique = dict.fromkeys(split_names(text))
        sound = self._check(kind, unique, resolved, directive)
        result = tuple(reversed(unique))
        if sound:  # a list with a mistake is looked at again, so that every place is counted
            self._lists[kind, text] = result
        return result

    def _check(self, kind: str, names: Iterable[str], resolved: Resolved, directive: str) -> bool:
        known = self._known[kind]
        missing = [name for name in names if name not in known]
        if missing and not resolved.damaged:
            place = resolved.definition.place_of(directive)
            for name in missing:
                unknown_name(kind, name, known, self._problems, place)
        return not missing
