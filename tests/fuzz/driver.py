"""A mutation fuzzer that goes on from the inputs which led to something new, as the checks note it."""

import random
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from fuzz.targets import features
from support.fuzz_targets import Target
from support.mutations import mutated

HANG = 20
"""Seconds after which an input is broken off."""

MOST_KEPT = 10_000
"""Inputs from which it goes on, at most."""

QUICK = 0.1
"""Seconds of an input from which it goes on: others of its kind would be as slow."""

WITHOUT_FEATURES = 0.01
"""Of the inputs that led to nothing new: how many are kept nevertheless."""


_BETWEEN = re.compile(rb"([;=|,:\t\n ]+)")
"""What lies between the fields of the languages that are fuzzed."""


class HangError(BaseException):
    """An input does not come to an end. No `Exception`, so that nothing under test catches it."""


class Run:
    """What came of feeding one target."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.inputs = list(target.seeds)
        self.seen: set[str] = set()
        self.count = 0
        self.seconds = 0.0
        self._took = 0.0
        self.slowest = 0.0
        self.slowest_input = b""

    def rate(self) -> float:
        """Executions per second."""
        return self.count / self.seconds if self.seconds else 0.0

    def feed(self, seconds: float, seed: int, failed: Callable[[bytes, BaseException], None]) -> "Run":
        """Feeds the target for so many seconds; tells of each failure and goes on."""
        chance, begun = random.Random(seed), time.monotonic()
        seeds = len(self.target.seeds)
        while self.seconds < seconds:
            is_seed = self.count < seeds
            data = self.inputs[self.count] if is_seed else self._next(chance)
            self.count += 1
            error = self.once(data)
            new = features() - self.seen
            if error is not None:
                failed(data, error)
            elif len(self.inputs) < MOST_KEPT and not is_seed and self._is_worth_it(bool(new), chance):
                self.inputs.append(data)
            self.seen |= new
            self.seconds = time.monotonic() - begun
        return self

    def _is_worth_it(self, is_new: bool, chance: random.Random) -> bool:
        """Something new is, and a few others that were quick."""
        return self._took < QUICK and (is_new or chance.random() < WITHOUT_FEATURES)

    def once(self, data: bytes) -> BaseException | None:
        """One input; returns what it broke."""
        begun = time.monotonic()
        try:
            with _broken_off(HANG):
                self.target.check(data)
        except (Exception, HangError) as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            return error
        finally:
            self._took = time.monotonic() - begun
            if self._took > self.slowest:
                self.slowest, self.slowest_input = self._took, data
        return None

    def _next(self, chance: random.Random) -> bytes:
        """The newest inputs are the most interesting ones."""
        recent = len(self.inputs) > 20 and chance.random() < 0.5
        data = chance.choice(self.inputs[-20:] if recent else self.inputs)
        if self.target.words and chance.random() < 0.5:
            data = with_another_field(data, chance.choice(self.target.words), chance)
            if chance.random() < 0.5:
                return data
        return mutated(data, self.target.words, chance)


def with_another_field(data: bytes, word: bytes, chance: random.Random) -> bytes:
    """The input with a word in the place of one of its fields."""
    parts = _BETWEEN.split(data)
    parts[2 * chance.randrange((len(parts) + 1) // 2)] = word
    return b"".join(parts)


@contextmanager
def _broken_off(seconds: int) -> Iterator[None]:
    def ring(_number: int, _frame: FrameType | None) -> None:
        raise HangError(f"it does not end within {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
