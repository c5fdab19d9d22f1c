"""Style sheets, scripts and drawings: read once, answered from memory; the event loop never opens a file."""

import hashlib
from pathlib import Path

import msgspec
from starlette.requests import Request
from starlette.responses import Response

FOLDER = Path(__file__).with_name("static")

_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}

_FOREVER = "public, max-age=31536000, immutable"


class Asset(msgspec.Struct, frozen=True):
    """One file and how it is sent."""

    body: bytes
    media_type: str


class Assets:
    """All files of a folder; files of other kinds are not served."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._assets = {
            file.name: Asset(file.read_bytes(), _MEDIA_TYPES[file.suffix])
            for file in sorted(folder.iterdir())
            if file.suffix in _MEDIA_TYPES
        }
        digest = hashlib.sha256()
        for name, asset in self._assets.items():
            digest.update(name.encode() + asset.body)
        self._version = digest.hexdigest()[:12]

    def url(self, name: str) -> str:
        """Address of a file that changes with its content, so that browsers may keep it.

        Raises:
            KeyError: there is no such file.
        """
        return f"/static/{self._version}/{name}" if name in self._assets else self._missing(name)

    async def answer(self, request: Request) -> Response:
        """The file that a request names; 404 if there is none, or if its version is not this one."""
        asset = self._assets.get(request.path_params["name"])
        if asset is None or request.path_params["version"] != self._version:
            return Response("no such file\n", 404, media_type="text/plain")
        return Response(asset.body, media_type=asset.media_type, headers={"Cache-Control": _FOREVER})

    def _missing(self, name: str) -> str:
        raise KeyError(f"no asset {name!r} in {sorted(self._assets)}")
