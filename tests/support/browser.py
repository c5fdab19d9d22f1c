"""A headless Chromium that opens one page and runs scripts in it, over its debugging protocol.

Only what the page's own scripts need to be tried; no driver, no download.
"""

import asyncio
import base64
import http.client
import os
import struct
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
    "--window-size=1280,900",
)


class Browser:
    """One browser with one page; leaves nothing behind in `folder` but its profile."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self._calls = 0

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            self._program,
            *_FLAGS,
            f"--user-data-dir={self._folder}",
            "about:blank",
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            await self._connect()
        except BaseException:
            await self._end()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()
        await self._end()

    async def _end(self) -> None:
        self._process.terminate()
        await self._process.wait()

    async def _connect(self) -> None:
        port = int((await self._when_written(self._folder / "DevToolsActivePort")).split()[0])
        target = await asyncio.to_thread(_page_target, port)
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", port, limit=2**24)
        key = base64.b64encode(os.urandom(16)).decode()
        head = (
            f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        )
        self._writer.write(f"{head}Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        await self._reader.readuntil(b"\r\n\r\n")

    async def open(self, address: str) -> None:
        """Goes to a page and waits until its scripts have run."""
        await self._call("Page.navigate", url=address)
        await self.until("document.readyState === 'complete'")

    async def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        answer = await self._call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    async def until(self, condition: str, seconds: float = 15) -> None:
        """Waits until an expression in the page is true."""
        try:
            async with asyncio.timeout(seconds):
                while not await self.run(condition):
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"never came true: {condition}") from None

    async def _when_written(self, file: Path) -> str:
        async with asyncio.timeout(30):
            while not (file.exists() and "\n" in file.read_text()):
                await asyncio.sleep(0.05)
        return file.read_text()

    async def _call(self, method: str, **params: object) -> Any:
        self._calls += 1
        data = msgspec.json.encode({"id": self._calls, "method": method, "params": params})
        mask = os.urandom(4)
        size = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack(">H", len(data))
        self._writer.write(b"\x81" + size + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(data)))
        while True:
            answer = msgspec.json.decode(await self._message())
            if answer.get("id") == self._calls:
                assert "result" in answer, answer
                return answer["result"]

    async def _message(self) -> bytes:
        whole = b""
        while True:
            first, second = await self._reader.readexactly(2)
            size = second & 127
            if size == 126:
                (size,) = struct.unpack(">H", await self._reader.readexactly(2))
            elif size == 127:
                (size,) = struct.unpack(">Q", await self._reader.readexactly(8))
            whole += await self._reader.readexactly(size)
            if first & 0x80:
                return whole


def _page_target(port: int) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/json")
    pages = [one for one in msgspec.json.decode(connection.getresponse().read()) if one["type"] == "page"]
    connection.close()
    return "/" + str(pages[0]["webSocketDebuggerUrl"]).split("/", 3)[3]
