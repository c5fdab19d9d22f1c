"""Performance data as people read it: one measurement a line. Pure.

The grammar is the plugin guidelines': ``'label'=value[unit];warn;crit;min;max``, separated by spaces; a label
with spaces stands in single quotes, a quote in it is doubled.
"""

import re

import msgspec

_ITEM = re.compile(r"(?:'((?:[^']|'')+)'|([^\s='][^='\s]*))=(\S+)")
_VALUE = re.compile(r"([-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d+)?)(\D*)")


class Measurement(msgspec.Struct, frozen=True, kw_only=True):
    """One value with its thresholds as written; empty is not given."""

    label: str
    value: str
    unit: str = ""
    warning: str = ""
    critical: str = ""
    minimum: str = ""
    maximum: str = ""

    @property
    def share(self) -> float | None:
        """Where the value lies between minimum (else 0) and the largest number known, 0 to 1."""
        value = _number(self.value)
        ends = [_number(text.rpartition(":")[2]) for text in (self.maximum, self.critical, self.warning)]
        top = next((end for end in ends if end is not None), None) if self.unit != "%" else 100.0
        bottom = _number(self.minimum) or 0.0
        if value is None or top is None or top <= bottom:
            return None
        return min(1.0, max(0.0, (value - bottom) / (top - bottom)))


def measurements(perfdata: str) -> list[Measurement]:
    """The measurements in a plugin's performance data; what does not follow the grammar is left out."""
    found = []
    for quoted, plain, rest in _ITEM.findall(perfdata):
        text, *limits = rest.split(";")
        value = _VALUE.fullmatch(text)
        if value is None and text != "U":  # U: the plugin could not determine the value
            continue
        limits += [""] * (4 - len(limits))
        found.append(
            Measurement(
                label=quoted.replace("''", "'") or plain,
                value=value.group(1) if value else text,
                unit=value.group(2) if value else "",
                warning=limits[0],
                critical=limits[1],
                minimum=limits[2],
                maximum=limits[3],
            )
        )
    return found


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
