"""Addresses of hosts and services, both ways: names into paths and paths into names.

Names may hold anything, slashes included. A path is therefore read from its undecoded form: the first part
after the prefix is the host, all the rest is the service.
"""

from urllib.parse import quote, unquote, urlencode


def host_path(host: str) -> str:
    """Where the page of a host is."""
    return f"/hosts/{quote(host, safe='')}"


def service_path(host: str, description: str) -> str:
    """Where the page of a service is."""
    return f"/services/{quote(host, safe='')}/{quote(description, safe='')}"


def object_path(host: str, description: str) -> str:
    """Where the page of a host is, or of its service when there is a description."""
    return service_path(host, description) if description else host_path(host)


def with_query(path: str, *pairs: tuple[str, str]) -> str:
    """A path with those of the pairs that have a value."""
    query = urlencode([(name, value) for name, value in pairs if value])
    return f"{path}?{query}" if query else path


def host_in(raw_path: bytes, prefix: str) -> str:
    """The host's name in an undecoded path that begins with `prefix`; a bare slash belongs to the name."""
    return unquote(_rest(raw_path, prefix))


def service_in(raw_path: bytes, prefix: str) -> tuple[str, str]:
    """Host and description in an undecoded path that begins with `prefix`; the description may be empty.

    A slash in the host's name has to come as ``%2F``; in the description both forms work.
    """
    host, _, description = _rest(raw_path, prefix).partition("/")
    return unquote(host), unquote(description)


def _rest(raw_path: bytes, prefix: str) -> str:
    return raw_path.decode("ascii", "replace").partition("?")[0].removeprefix(prefix)
