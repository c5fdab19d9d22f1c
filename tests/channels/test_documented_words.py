"""The reference page shows the words that are really used."""

from pathlib import Path

import pytest

from atalaia.channels.mail.body import subject
from atalaia.texts import texts
from support.messages import a_message

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "notifications.md"


def rows(heading: str) -> list[list[str]]:
    """The cells of the table whose first heading is `heading`."""
    lines = PAGE.read_text("utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {heading} |")) + 2
    table = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        table.append([cell.strip() for cell in line.strip("|").split("|")])
    return table


@pytest.mark.parametrize(("name", "portuguese"), rows("Nagios"))
def test_a_documented_state_word_is_the_one_in_use(name: str, portuguese: str) -> None:
    assert texts("pt_BR").state(name) == portuguese


@pytest.mark.parametrize(("kind", "english", "portuguese"), rows("notification type"))
def test_a_documented_headline_is_the_one_in_use(kind: str, english: str, portuguese: str) -> None:
    message = a_message(kind=kind)

    assert subject(message, texts("en")).startswith(f"{english}: ")
    assert subject(message, texts("pt_BR")).startswith(f"{portuguese}: ")
