"""The page's own scripts in a real browser: live updates, the filter, a lost connection."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from atalaia.core.events import DowntimeEnded
from atalaia.web.app import create_app
from atalaia.web.server import WebServer
from support.browser import Browser
from support.fake_control import NOW, FakeControl, a_change, a_downtime, a_host, a_service

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture
def control() -> FakeControl:
    hosts = [a_host(f"h{n}") for n in range(30)]
    return FakeControl(hosts, [a_service(host.name, name) for host in hosts for name in ("disk", "http")])


@pytest.fixture
async def server(control: FakeControl) -> AsyncIterator[WebServer]:
    server = WebServer(create_app(control), port=0)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Browser]:
    async with Browser(CHROMIUM or "", tmp_path) as browser:
        yield browser


def breaks(control: FakeControl) -> None:
    control.all_services[4] = a_service("h2", "disk", "CRITICAL")
    control.add(a_change("h2", "disk"))


def recovers(control: FakeControl) -> None:
    control.all_services[4] = a_service("h2", "disk")
    control.add(a_change("h2", "disk", "OK"))


async def test_the_page_follows_what_happens_and_keeps_the_readers_place(
    control: FakeControl, server: WebServer, browser: Browser
) -> None:
    await browser.open(f"{server.address}/?lang=en")
    await browser.until("document.getElementById('pulse').innerText === 'live'")
    await browser.run("window.mine = document.querySelectorAll('.all .c-name a')[40]; mine.focus(); 1")

    breaks(control)
    await browser.until("document.title === '(1) Atalaia'")
    assert await browser.run("document.querySelector('h1').innerText") == "1 problem needs somebody"
    assert await browser.run("document.querySelector('link[rel=icon]').href.endsWith('emblem-problem.svg')")
    assert await browser.run("document.activeElement === mine")

    recovers(control)
    await browser.until("document.title === 'Atalaia'")
    assert await browser.run("document.querySelectorAll('.problems').length") == 0
    assert await browser.run("document.activeElement === mine")


async def test_the_page_is_filtered_while_somebody_types(
    control: FakeControl, server: WebServer, browser: Browser
) -> None:
    await browser.open(f"{server.address}/?lang=en")
    await browser.until("document.documentElement.classList.contains('is-filtering')")
    type_text = "q.focus(); q.value = '{}'; q.dispatchEvent(new Event('input', {{bubbles: true}}))"

    await browser.run(type_text.format("h29"))
    await browser.until("document.querySelectorAll('.all tbody').length === 1")
    assert await browser.run("location.search") == "?q=h29"

    breaks(control)
    await browser.until("document.title === '(1) Atalaia'")
    assert await browser.run("document.querySelectorAll('.all tbody').length") == 1
    assert await browser.run("[q.value, document.activeElement.id]") == ["h29", "q"]

    await browser.run(type_text.format(""))
    await browser.until("document.querySelectorAll('.all tbody').length === 30")
    assert await browser.run("location.search") == ""


async def test_a_lost_connection_is_said_and_forgotten_when_it_is_back(
    control: FakeControl, server: WebServer, browser: Browser
) -> None:
    await browser.open(f"{server.address}/?lang=en")
    await browser.until("document.getElementById('pulse').innerText === 'live'")
    port = int(server.address.rpartition(":")[2])

    await server.stop()
    await browser.until("!document.getElementById('lost').hidden")
    assert "2026" in await browser.run("document.getElementById('lost').innerText")
    assert await browser.run("document.getElementById('pulse').innerText") == "not live"

    breaks(control)
    again = WebServer(create_app(control), port=port)
    await again.start()
    await browser.until("document.title === '(1) Atalaia'")
    await browser.until("document.getElementById('lost').hidden")
    await again.stop()


async def test_the_list_of_downtimes_follows_what_people_plan(
    control: FakeControl, server: WebServer, browser: Browser
) -> None:
    await browser.open(f"{server.address}/downtimes?lang=en")
    await browser.until("document.getElementById('pulse').innerText === 'live'")
    assert await browser.run("document.querySelectorAll('.left .row').length") == 0

    control.all_downtimes.append(a_downtime(7, "h2", "disk"))
    control.add(DowntimeEnded(time=NOW, host="h2", service="disk", downtime_id=6, reason="ended", left=True))
    await browser.until("document.querySelectorAll('.left .row').length === 1")
    assert await browser.run("getSelection().selectAllChildren(document.querySelector('.undo')) || true")
    assert await browser.run("getSelection().toString()") == "atalaia downtime --cancel 7"
