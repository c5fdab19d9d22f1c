"""The blocks of Nagios' status and retention files, as lists of fields in their order."""

Fields = list[tuple[str, str]]


def blocks_of(text: str) -> list[tuple[str, Fields]]:
    """Kind and fields of every block."""
    found: list[tuple[str, Fields]] = []
    for line in text.splitlines():
        stripped = line.strip()
        if stripped.endswith("{") and "=" not in stripped:
            found.append((stripped.removesuffix("{").strip(), []))
        elif stripped and stripped != "}" and not stripped.startswith("#"):
            name, _, value = stripped.partition("=")
            found[-1][1].append((name, value))
    return found


def by_name(text: str) -> dict[tuple[str, str, str], dict[str, str]]:
    """Blocks by kind and what they are about: host and service, contact, or number."""
    named: dict[tuple[str, str, str], dict[str, str]] = {}
    for kind, fields in blocks_of(text):
        values = dict(fields)
        number = values.get("downtime_id") if kind.endswith("downtime") else values.get("comment_id")
        where = values.get("host_name") or values.get("contact_name") or ""
        named[kind, where, values.get("service_description", "") + (f"#{number}" if number else "")] = values
    return named
