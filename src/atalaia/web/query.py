"""Reading query parameters strictly: what is not understood is refused by name, never ignored."""

from collections.abc import Collection, Sequence

from starlette.datastructures import QueryParams


class BadQueryError(Exception):
    """A request that cannot be answered as it is; the sentence names the parameter."""


class Query:
    """The parameters of one request.

    Raises:
        BadQueryError: a parameter is none of `allowed`.
    """

    def __init__(self, params: QueryParams, allowed: Collection[str]) -> None:
        for name in params:
            if name not in allowed:
                known = ", ".join(sorted(allowed)) or "none"
                raise BadQueryError(f"unknown parameter {name!r}; known here: {known}")
        self._params = params

    def text(self, name: str) -> str | None:
        """The parameter's value; None when it is missing or empty."""
        values = self._params.getlist(name)
        if len(values) > 1:
            raise BadQueryError(f"parameter {name!r} is given {len(values)} times; give it once")
        return values[0] if values and values[0] else None

    def number(self, name: str, default: int, *, low: int = 0, high: int | None = None) -> int:
        """A whole number within its bounds."""
        value = self.text(name)
        if value is None:
            return default
        if not (value.isascii() and value.isdigit()) or len(value) > 18:
            raise BadQueryError(f"parameter {name!r} must be a whole number, not {value!r}")
        number = int(value)
        if number < low or (high is not None and number > high):
            bounds = f"from {low} to {high}" if high is not None else f"{low} or more"
            raise BadQueryError(f"parameter {name!r} must be {bounds}, not {number}")
        return number

    def flag(self, name: str) -> bool:
        """1 or true, 0 or false; missing is false."""
        value = self.text(name)
        if value in (None, "0", "false"):
            return False
        if value in ("1", "true"):
            return True
        raise BadQueryError(f"parameter {name!r} must be 1 or 0, not {value!r}")

    def choice(self, name: str) -> bool | None:
        """1 or true: only those; 0 or false: only the others; None when it is missing."""
        return self.flag(name) if self.text(name) is not None else None

    def names(self, name: str, known: Sequence[str]) -> tuple[str, ...]:
        """Names out of `known`, separated by commas or given several times, in any case."""
        spelled = {one.lower(): one for one in known}
        found: list[str] = []
        words = [word.strip() for word in ",".join(self._params.getlist(name)).split(",")]
        for word in filter(None, words):
            if word.lower() not in spelled:
                raise BadQueryError(f"parameter {name!r}: {word!r} is none of {', '.join(known)}")
            found.append(spelled[word.lower()])
        return tuple(dict.fromkeys(found))
