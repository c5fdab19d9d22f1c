"""What `break` and `repair` know: each thing that can be broken, how, and how it is put right again.

Here: the names that people type. Not here: how a process is killed, frozen or replaced (`environment`,
`running`).
"""

import asyncio
import shutil
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from launcher import constant_model, job
from launcher.environment import Environment
from launcher.parts import wsgi_part
from launcher.settings import Places, Ports, UnusableError

Act = Callable[[], Awaitable[str]]
PAGE = "cadastro.html"
ONE_ANSWER = "maquiagem"


@dataclass(frozen=True, slots=True)
class Breakage:
    """One thing that can be broken and repaired; each act answers with a sentence."""

    break_it: Act
    repair_it: Act


class Breakages:
    """All of them, by name."""

    def __init__(self, environment: Environment, places: Places, ports: Ports, offline_job: job.Job) -> None:
        self._environment = environment
        self._places = places
        self._ports = ports
        self._special = {
            "cadastro": Breakage(self._remove_page, self._put_page_back),
            "modelo": Breakage(self._deploy_constant_model, self._deploy_model),
            "consumidor": Breakage(
                lambda: environment.freeze_part("consumidor"), lambda: environment.thaw_part("consumidor")
            ),
            # gunicorn is what runs in the part `wsgi`.
            "gunicorn": Breakage(
                lambda: environment.break_part("wsgi"), lambda: environment.repair_part("wsgi")
            ),
            job.NAME: Breakage(offline_job.skip, offline_job.resume),
        }

    @property
    def names(self) -> list[str]:
        """Everything that can be broken."""
        return sorted({*self._special, *self._environment.names})

    async def break_it(self, name: str) -> str:
        """Breaks something, as it would break by itself.

        Raises:
            UnusableError: there is no such thing, or it is broken already.
            PartFailedError: a part that had to be started for it did not come up.
        """
        if known := self._special.get(name):
            return await known.break_it()
        self._require_known(name)
        return await self._environment.break_part(name)

    async def repair_it(self, name: str) -> str:
        """Puts it right again.

        Raises:
            UnusableError: there is no such thing, or nothing is wrong with it.
            PartFailedError: a part did not come up.
        """
        if known := self._special.get(name):
            return await known.repair_it()
        self._require_known(name)
        return await self._environment.repair_part(name)

    def _require_known(self, name: str) -> None:
        if name not in self._environment.names:
            raise UnusableError(f"There is no part {name!r}; what can be broken: {', '.join(self.names)}.")

    async def _remove_page(self) -> str:
        page = self._places.page_folder / PAGE
        if not page.exists():
            raise UnusableError(f"{PAGE} is gone already; examples/production/repair cadastro brings it back.")
        page.unlink()
        return f"{PAGE} was removed. To bring it back: examples/production/repair cadastro"

    async def _put_page_back(self) -> str:
        page = self._places.page_folder / PAGE
        if page.exists():
            raise UnusableError(f"{PAGE} is there.")
        shutil.copy(self._places.api / "nginx" / "public" / PAGE, page)
        return f"{PAGE} is there again."

    async def _deploy_constant_model(self) -> str:
        folder = self._places.var / "constant-model"
        writer = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "launcher.constant_model"),
            *(str(self._places.model), str(folder), ONE_ANSWER),
        )
        if await writer.wait():
            raise UnusableError("The model could not be written.")
        await self._environment.replace_part(
            wsgi_part(self._places, self._ports, folder, constant_model.VERSION)
        )
        return f"wsgi now calls everything {ONE_ANSWER}. To put it right: examples/production/repair modelo"

    async def _deploy_model(self) -> str:
        real = constant_model.version_of(self._places.model)
        await self._environment.replace_part(wsgi_part(self._places, self._ports, self._places.model, real))
        return "wsgi has the real model again."
