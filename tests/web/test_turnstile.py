"""Tries that are let through, and the rest that is only counted; in short spells of real time."""

import asyncio

from atalaia.web.turnstile import Turnstile

SPELL = 0.05


async def test_the_first_tries_of_a_spell_are_let_through() -> None:
    turnstile = Turnstile(2, 60.0, lambda _: None)

    assert [turnstile.lets_through() for _ in range(4)] == [True, True, False, False]


async def test_at_the_end_of_a_spell_the_rest_is_counted_and_a_new_one_begins() -> None:
    counted: list[int] = []
    turnstile = Turnstile(2, SPELL, counted.append)
    for _ in range(7):
        turnstile.lets_through()

    await asyncio.sleep(2 * SPELL)

    assert counted == [5]
    assert turnstile.lets_through()


async def test_a_spell_without_a_rest_is_not_worth_a_word() -> None:
    counted: list[int] = []
    turnstile = Turnstile(2, SPELL, counted.append)
    turnstile.lets_through()

    await asyncio.sleep(2 * SPELL)

    assert counted == []
