"""What a step collects for the engine to do."""

from atalaia.core.effects import Effects, Wish, WishKind


def test_nothing_is_empty_and_a_wish_alone_is_not() -> None:
    assert Effects().is_empty
    assert not Effects(wishes=[Wish(kind=WishKind.SAVE_STATE)]).is_empty
