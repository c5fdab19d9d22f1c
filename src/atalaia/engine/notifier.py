"""Messages on their way: each stays in the outbox until a channel has taken it.

Every message is tried at once and then with growing pauses. Messages of one contact about one object leave in
the order in which they were decided, so that a recovery never overtakes its problem; different contacts and
objects do not wait for each other.
"""

import asyncio
from collections import deque
from collections.abc import Mapping

import structlog

from atalaia.core.events import NotificationFailed, NotificationSent
from atalaia.core.instants import Instant
from atalaia.engine.health import Health
from atalaia.engine.recorder import Recorder
from atalaia.ports.channels import Channel, DeliveryError
from atalaia.ports.clock import Clock
from atalaia.ports.storage import OutboxItem

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
GIVE_UP_AFTER = 3 * 24 * 3600.0
"""Seconds after which a message that nobody takes is given up, unless the settings say otherwise."""

AT_ONCE = 16
"""Messages of one channel that are being sent at the same time: a channel that hangs must not starve others."""

log = structlog.get_logger(__name__)

_Line = tuple[str, str, str, str]
"""Messages that must keep their order: (channel, contact, host, service)."""


def pause_after(tries: int) -> float:
    """Seconds until the next try after so many failed ones: 1, 2, 4 … 60."""
    return float(min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(tries - 1, 16)))


class Notifier:
    """Sends what is in the outbox."""

    def __init__(
        self,
        channels: Mapping[str, Channel],
        recorder: Recorder,
        health: Health,
        clock: Clock,
        give_up_after: float = GIVE_UP_AFTER,
    ) -> None:
        self._give_up_after = give_up_after
        self._channels = channels
        self._recorder = recorder
        self._health = health
        self._clock = clock
        self._lines: dict[_Line, deque[OutboxItem]] = {}
        self._busy: set[_Line] = set()
        self._wake = asyncio.Event()
        self._drained = asyncio.Event()
        self._drained.set()

    def __len__(self) -> int:
        return sum(len(line) for line in self._lines.values())

    def put(self, items: list[OutboxItem]) -> None:
        """Stored messages that are to be sent."""
        for item in items:
            message = item.message
            line = (item.channel, message.contact, message.host, message.service)
            self._lines.setdefault(line, deque()).append(item)
        if items:
            self._drained.clear()
            self._wake.set()

    async def run(self) -> None:
        """Sends until cancelled. What is being sent at that moment is tried again by the next run."""
        async with asyncio.TaskGroup() as group:
            while True:
                pause = self._start_ready(group)
                try:
                    async with asyncio.timeout(pause):
                        await self._wake.wait()
                except TimeoutError:
                    pass
                self._wake.clear()

    async def drain(self, seconds: float) -> None:
        """Waits until every message that can be sent at once is sent, at most so long."""
        try:
            async with asyncio.timeout(seconds):
                await self._drained.wait()
        except TimeoutError:
            log.warning("messages are left in the outbox; the next start sends them", messages=len(self))

    def _start_ready(self, group: asyncio.TaskGroup) -> float | None:
        now = self._clock.now()
        soonest: float | None = None
        for line, items in self._lines.items():
            if line in self._busy:
                continue
            wait = items[0].next_try - now
            if wait <= 0 and sum(busy[0] == line[0] for busy in self._busy) < AT_ONCE:
                self._busy.add(line)
                group.create_task(self._send(line, items[0]))
            elif wait > 0:
                soonest = wait if soonest is None else min(soonest, wait)
        return soonest

    async def _send(self, line: _Line, item: OutboxItem) -> None:
        try:
            await self._channel(item.channel).send(item.message)
        except DeliveryError as error:
            self._failed(line, item, error)
        except Exception as error:
            log.exception("a channel failed in a way that it does not know", channel=item.channel)
            self._failed(line, item, DeliveryError(f"{type(error).__name__}: {error}", retryable=True))
        else:
            self._took(line, item)
        finally:
            self._busy.discard(line)
            self._wake.set()

    def _channel(self, name: str) -> Channel:
        channel = self._channels.get(name)
        if channel is None:
            known = ", ".join(sorted(self._channels))
            reason = f"the channel {name!r} is not set up (there is: {known}); see [{name}] in atalaia.toml"
            raise DeliveryError(reason, retryable=True)
        return channel

    def _took(self, line: _Line, item: OutboxItem) -> None:
        message, now = item.message, self._clock.now()
        self._remove(line)
        self._health.all_clear(f"channel {item.channel}")
        self._health.all_clear(f"given_up {message.contact}")
        self._recorder.done(
            message.key,
            NotificationSent(
                time=now,
                host=message.host,
                service=message.service,
                contact=message.contact,
                kind=message.kind,
                state=message.state,
                via=message.command or item.channel,
                number=message.number,
                tries=item.tries + 1,
                delay=max(0.0, now - message.time),
            ),
        )

    def _failed(self, line: _Line, item: OutboxItem, error: DeliveryError) -> None:
        message, now = item.message, self._clock.now()
        tries = item.tries + 1
        final = not error.retryable or now - message.time > self._give_up_after
        next_try = Instant(0.0) if final else Instant(now + pause_after(tries))
        log.warning(
            "a message was not taken",
            channel=item.channel,
            contact=message.contact,
            tries=tries,
            final=final,
            error=error.reason,
        )
        fact = NotificationFailed(
            time=now,
            host=message.host,
            service=message.service,
            contact=message.contact,
            kind=message.kind,
            state=message.state,
            via=message.command or item.channel,
            number=message.number,
            tries=tries,
            error=error.reason,
            next_try=next_try,
            final=final,
        )
        if final:
            self._remove(line)
            self._recorder.done(message.key, fact)
            via = message.command or item.channel
            self._health.alarm(
                f"given_up {message.contact}",
                f"a message to {message.contact} by {via} was given up: {error.reason}",
            )
            return
        self._health.alarm(
            f"channel {item.channel}", f"messages by {item.channel} do not get out: {error.reason}"
        )
        later = OutboxItem(
            channel=item.channel, message=message, tries=tries, next_try=next_try, last_error=error.reason
        )
        self._lines[line][0] = later
        self._recorder.postponed(later, fact if _worth_noting(tries) else None)

    def _remove(self, line: _Line) -> None:
        items = self._lines[line]
        items.popleft()
        if not items:
            del self._lines[line]
        if not self._lines:
            self._drained.set()


def _worth_noting(tries: int) -> bool:
    """Failed tries become events at 1, 2, 4, 8 …: a mail server that is away for a day is no thousand facts."""
    return tries & (tries - 1) == 0
