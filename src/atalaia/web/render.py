"""Templates: loaded once, filled in on a thread. What they show is decided in `present.py` and beside it."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import jinja2
import msgspec

from atalaia import __version__
from atalaia.texts import Texts, preload
from atalaia.web.api import EVENT_TYPE_NAMES
from atalaia.web.assets import Assets

FOLDER = Path(__file__).with_name("templates")

Build = Callable[[], msgspec.Struct]
"""Presents what a page shows. Pure, so it may run on a thread."""


class Renderer:
    """All templates, ready to be filled in."""

    def __init__(self, assets: Assets) -> None:
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.globals |= {
            "asset": assets.url,
            "version": __version__,
            "event_types": " ".join(EVENT_TYPE_NAMES),
        }
        for name in self._environment.list_templates():
            self._environment.get_template(name)  # now, so that no request waits for a file
        preload()

    async def page(self, name: str, say: Texts, build: Build, **values: object) -> str:
        """A filled-in template. Runs on a thread: a page of a thousand services must not delay a check."""
        return await asyncio.to_thread(self.text, name, say, build, **values)

    def text(self, name: str, say: Texts, build: Build, **values: object) -> str:
        """The same, at once: what `build` returns is `p` in the template."""
        template = self._environment.get_template(name)
        return template.render(p=build(), say=say.say, plural=say.plural, language=say.tag, **values)
