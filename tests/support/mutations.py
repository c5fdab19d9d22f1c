"""A small mutation fuzzer: takes inputs that are valid, spoils them a little, and keeps those that fail."""

import random
import time
from collections.abc import Callable

from support.fuzz_targets import Target

LONGEST_INPUT = 8_192


def mutated(data: bytes, words: tuple[bytes, ...], chance: random.Random) -> bytes:
    """The input with one to eight things changed."""
    text = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.choice((1, 1, 2, 8, 64)))
        match chance.randrange(7):
            case 0:
                text[at:end] = b""
            case 1:
                text[at:at] = chance.randbytes(chance.choice((1, 1, 2, 8)))
            case 2:
                text[at:end] = text[at:end] * chance.choice((2, 3, 50))
            case 3 if at < len(text):
                text[at] ^= 1 << chance.randrange(8)
            case 4 | 5 if words:
                word = chance.choice(words)
                text[at : at + (len(word) if chance.randrange(2) else 0)] = word
            case _:
                begin = chance.randrange(len(text) + 1)
                text[at:at] = text[begin : begin + 32]
    return bytes(text[:LONGEST_INPUT])


def fuzz(
    target: Target,
    seconds: float,
    seed: int,
    failed: Callable[[bytes, Exception], None],
    *,
    most: int = 10**9,
) -> int:
    """Feeds a target for so many seconds, or so many inputs; tells of each failure and goes on.

    Returns:
        How many inputs it had.
    """
    chance = random.Random(seed)
    inputs = list(target.seeds)
    ends, count = time.monotonic() + seconds, 0
    while time.monotonic() < ends and count < most:
        if count < len(target.seeds):
            data = target.seeds[count]
        else:
            data = mutated(chance.choice(inputs), target.words, chance)
        count += 1
        try:
            target.check(data)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            failed(data, error)
        else:
            if chance.randrange(100) == 0 and len(inputs) < 10_000:
                inputs.append(data)  # goes on from there
    return count
