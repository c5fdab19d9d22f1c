"""Commands about the server as a whole: what it is asked to do, and when."""

import pytest

from atalaia.core.effects import Wish, WishKind
from support.builders import START
from support.ordering import a_story, ordered


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("SHUTDOWN_PROCESS", WishKind.SHUT_DOWN),
        ("SHUTDOWN_PROGRAM", WishKind.SHUT_DOWN),
        ("RESTART_PROCESS", WishKind.RESTART),
        ("RESTART_PROGRAM", WishKind.RESTART),
    ],
)
@pytest.mark.parametrize(
    ("fields", "second"), [("", 10), (";", 10), (f";{START:.0f}", 10), (f";{START + 60:.0f}", 60)]
)
def test_stopping_and_restarting_happen_at_once_or_at_the_moment_asked_for(
    command: str, kind: WishKind, fields: str, second: int
) -> None:
    story = a_story()

    ordered(story, command + fields)
    if second > 10:
        assert story.wait(second - 1).effects.wishes == []
    story.wait(second)

    assert story.effects.wishes == [Wish(kind=kind)]


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("SAVE_STATE_INFORMATION", Wish(kind=WishKind.SAVE_STATE)),
        ("READ_STATE_INFORMATION", Wish(kind=WishKind.READ_STATE)),
        ("PROCESS_FILE;/tmp/orders;0", Wish(kind=WishKind.PROCESS_FILE, path="/tmp/orders")),
        ("PROCESS_FILE;/tmp/orders;1", Wish(kind=WishKind.PROCESS_FILE, path="/tmp/orders", delete=True)),
    ],
)
def test_what_only_the_server_can_do_is_a_wish(text: str, wish: Wish) -> None:
    assert ordered(a_story(), text).effects.wishes == [wish]
