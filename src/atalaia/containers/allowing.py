"""The door of the acting side: what is not allowed does not pass, and whatever passes is written down."""

import asyncio
import re
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from msgspec import structs

from atalaia.core.instants import Instant
from atalaia.ports.clock import Clock
from atalaia.ports.container_actions import ActionRecord, Audit, NotAllowedError, Outcome, Permission, Verb
from atalaia.ports.containers import ContainerError, EngineError

_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]*")
_UNKNOWN = "interrupted: whether it was done is not known"


class Door:
    """Decides and records for one actor.

    Args:
        permissions: whatever none of them covers is refused.
        audit: takes the records; see `atalaia.ports.container_actions.Audit`.
        clock: gives the records' instants.
        possible: the verbs that the engine knows.
    """

    def __init__(
        self, permissions: Collection[Permission], audit: Audit, clock: Clock, possible: frozenset[Verb]
    ) -> None:
        self._permissions = tuple(permissions)
        self._audit = audit
        self._clock = clock
        self._possible = possible
        self._count = 0

    def may(self, verb: Verb, name: str) -> bool:
        """Whether that is allowed, and possible."""
        return (
            verb in self._possible
            and _NAME.fullmatch(name) is not None
            and any(one.covers(verb, name) for one in self._permissions)
        )

    @asynccontextmanager
    async def passing(self, verb: Verb, name: str, why: str, **arguments: object) -> AsyncIterator[None]:
        """Within it the action is asked for.

        Raises:
            NotAllowedError: nothing allows it.
            EngineError: the name cannot be a container's, or the engine does not know the verb.
        """
        self._count += 1
        record = ActionRecord(
            number=self._count,
            verb=verb,
            container=name,
            arguments={key: str(value) for key, value in arguments.items() if value not in (None, "", False)},
            why=why,
            outcome=Outcome.BEGUN,
            time=self._clock.now(),
        )
        began = self._clock.monotonic()

        def report(outcome: Outcome, error: str = "") -> None:
            seconds = self._clock.monotonic() - began
            self._audit(
                structs.replace(
                    record, outcome=outcome, time=Instant(record.time + seconds), seconds=seconds, error=error
                )
            )

        if not self.may(verb, name):
            refusal = self._refusal(verb, name)
            report(Outcome.REFUSED, str(refusal))
            raise refusal
        self._audit(record)
        try:
            yield
        except ContainerError as error:
            report(Outcome.FAILED, str(error))
            raise
        except asyncio.CancelledError:
            report(Outcome.FAILED, _UNKNOWN)
            raise
        report(Outcome.DONE)

    def _refusal(self, verb: Verb, name: str) -> ContainerError:
        if not _NAME.fullmatch(name):
            return EngineError(f"{name!r} is no name of a container.")
        if verb not in self._possible:
            return EngineError(f"This engine cannot {verb} containers ({name!r}).")
        return NotAllowedError(verb, name)
