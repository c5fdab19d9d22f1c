"""Commands over HTTP: only with the token, answered when they are carried out, refused with a reason."""

from collections.abc import Callable

import pytest

from atalaia.web.app import WebSettings
from atalaia.web.orders import LONGEST, STORED_TRIES, STRANGERS_KEPT, STRANGERS_LONGEST
from support.fake_control import FakeControl

TOKEN = "0123456789abcdef"
PATH = "/api/v1/commands"
GOOD = {"Authorization": f"Bearer {TOKEN}"}
RESULT = "PROCESS_SERVICE_CHECK_RESULT;web;job;0;fine"

Clients = Callable[..., object]


def ask(
    client_of: Clients, control: FakeControl, *, token: str = TOKEN, **request: object
) -> tuple[int, object]:
    client = client_of(control, WebSettings(token=token))
    answer = client.post(PATH, **request)  # type: ignore[attr-defined]
    return answer.status_code, answer.json()


def test_a_command_with_the_token_is_carried_out(client_of: Clients) -> None:
    control = FakeControl()

    assert ask(client_of, control, headers=GOOD, json={"command": RESULT}) == (202, {"accepted": True})
    assert control.commands == [RESULT]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong-wrong-wrong"},
        {"Authorization": TOKEN},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": "Bearer"},
        {"Cookie": f"token={TOKEN}"},
    ],
)
def test_without_the_token_nothing_happens(client_of: Clients, headers: dict[str, str]) -> None:
    control = FakeControl()

    status, answer = ask(client_of, control, headers=headers, json={"command": RESULT})

    assert status == 401
    assert "Authorization" in str(answer)
    assert TOKEN not in str(answer)
    assert control.commands == []


def test_a_server_without_token_takes_no_commands(client_of: Clients) -> None:
    control = FakeControl()

    status, answer = ask(
        client_of, control, token="", headers={"Authorization": "Bearer "}, json={"command": RESULT}
    )

    assert status == 403
    assert "token_file" in str(answer)
    assert control.commands == []


def test_a_refused_command_says_why(client_of: Clients) -> None:
    assert ask(client_of, FakeControl(), headers=GOOD, json={"command": "refuse"}) == (
        400,
        {"error": "it was told to refuse", "fault": "failed"},
    )


@pytest.mark.parametrize("body", [b"", b"nonsense", b"[]", b"{}", b'{"command": 5}', b"\xff\xfe"])
def test_what_is_no_command_is_refused(client_of: Clients, body: bytes) -> None:
    status, answer = ask(client_of, FakeControl(), headers=GOOD, content=body)

    assert status == 400
    assert "command" in str(answer)


def test_a_body_that_is_too_long_is_not_read_to_its_end(client_of: Clients) -> None:
    status, _ = ask(client_of, FakeControl(), headers=GOOD, content=b"x" * (LONGEST + 1))

    assert status == 413


def test_reading_a_command_is_not_possible(client_of: Clients) -> None:
    client = client_of(FakeControl(), WebSettings(token=TOKEN))

    assert client.get(PATH, headers=GOOD).status_code == 405  # type: ignore[attr-defined]


def test_whoever_may_not_is_told_so_and_written_down(client_of: Clients) -> None:
    control = FakeControl()

    _, answer = ask(client_of, control, json={"command": "SHUTDOWN_PROCESS\n[1] FORGED;x"})

    assert answer == {
        "error": "a command needs the header: Authorization: Bearer TOKEN",
        "fault": "unauthorised",
    }
    assert control.turned_away == [
        ("SHUTDOWN_PROCESS [1] FORGED;x", "without the right token, from testclient", "unauthorised")
    ]


@pytest.mark.parametrize("body", [b"", b"nonsense", b'{"command": 5}', b"x" * (STRANGERS_LONGEST + 1)])
def test_of_a_stranger_only_a_command_is_kept(client_of: Clients, body: bytes) -> None:
    control = FakeControl()

    status, _ = ask(client_of, control, content=body)

    assert status == 401
    assert [text for text, _, _ in control.turned_away] == [""]


def test_a_strangers_command_is_cut(client_of: Clients) -> None:
    control = FakeControl()

    ask(client_of, control, json={"command": "A" * 2000})

    assert len(control.turned_away[0][0]) == STRANGERS_KEPT


def test_a_flood_of_strangers_does_not_fill_the_store(client_of: Clients) -> None:
    control = FakeControl()
    client = client_of(control, WebSettings(token=TOKEN))

    statuses = {client.post(PATH, json={"command": RESULT}).status_code for _ in range(40)}  # type: ignore[attr-defined]

    assert statuses == {401}
    assert len(control.turned_away) == STORED_TRIES


def test_a_try_at_a_server_that_takes_no_commands_is_written_down_too(client_of: Clients) -> None:
    control = FakeControl()

    ask(client_of, control, token="", json={"command": RESULT})

    assert control.turned_away == [
        (RESULT, "the server takes no commands; it came from testclient", "unauthorised")
    ]
