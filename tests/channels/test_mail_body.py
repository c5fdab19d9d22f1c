"""What a mail says. Whole texts stand here: a reader of this file sees what the person on call sees."""

from zoneinfo import ZoneInfo

import pytest

from atalaia.channels.mail.body import body, subject
from atalaia.core.instants import Instant
from atalaia.ports.channels import Message
from atalaia.texts import texts
from support.messages import BROKE, a_message

SAO_PAULO = ZoneInfo("America/Sao_Paulo")

PROBLEM = {
    "host_alias": "Form and API",
    "host_address": "172.18.0.4",
    "output": "HTTP CRITICAL: HTTP/1.1 502 Bad Gateway - 339 bytes in 0.002 second response time",
    "long_output": "upstream: wsgi-app-container:5000\nconnect() failed (111: Connection refused)",
    "link": "https://atalaia.example.com/services/my-custom-nginx-container/api",
}
RECOVERY = PROBLEM | {
    "kind": "RECOVERY",
    "state": "OK",
    "previous_state": "CRITICAL",
    "output": "HTTP OK: HTTP/1.1 200 OK - 1024 bytes in 0.004 second response time",
    "long_output": "",
    "ended": Instant(BROKE + 725),
    "time": Instant(BROKE + 725),
}


def rendered(message: Message, late: float = 0.0) -> str:
    reader = texts(message.language)
    return f"{subject(message, reader)}\n---\n{body(message, reader, zone=SAO_PAULO, late=late)}"


def test_a_problem_in_english() -> None:
    assert (
        rendered(a_message(**PROBLEM))
        == """\
CRITICAL: api on my-custom-nginx-container
---
    HTTP CRITICAL: HTTP/1.1 502 Bad Gateway - 339 bytes in 0.002 second response time

Service: api
Host: my-custom-nginx-container (Form and API), 172.18.0.4
State: CRITICAL (before: OK)
Since: Jul 30, 2026, 12:04:05 AM (UTC-03), for 20 s
Attempt: 3 of 3
Notification: 1

https://atalaia.example.com/services/my-custom-nginx-container/api

Further output:
    upstream: wsgi-app-container:5000
    connect() failed (111: Connection refused)
"""
    )


def test_a_problem_in_portuguese() -> None:
    assert (
        rendered(a_message(**PROBLEM, language="pt_BR"))
        == """\
CRÍTICO: api em my-custom-nginx-container
---
    HTTP CRITICAL: HTTP/1.1 502 Bad Gateway - 339 bytes in 0.002 second response time

Serviço: api
Host: my-custom-nginx-container (Form and API), 172.18.0.4
Estado: CRÍTICO (antes: OK)
Desde: 30 de jul. de 2026 00:04:05 (UTC-03), há 20 s
Tentativa: 3 de 3
Notificação: 1

https://atalaia.example.com/services/my-custom-nginx-container/api

Mais detalhes da verificação:
    upstream: wsgi-app-container:5000
    connect() failed (111: Connection refused)
"""
    )


def test_a_recovery_in_english() -> None:
    assert (
        rendered(a_message(**RECOVERY))
        == """\
RECOVERED: api on my-custom-nginx-container
---
The problem lasted 12 min 5 s.

    HTTP OK: HTTP/1.1 200 OK - 1024 bytes in 0.004 second response time

Service: api
Host: my-custom-nginx-container (Form and API), 172.18.0.4
State: OK (before: CRITICAL)
Problem: from Jul 30, 2026, 12:04:05 AM (UTC-03) to Jul 30, 2026, 12:16:10 AM (UTC-03)
Notification: 1

https://atalaia.example.com/services/my-custom-nginx-container/api
"""
    )


def test_a_recovery_in_portuguese() -> None:
    assert (
        rendered(a_message(**RECOVERY, language="pt_BR"))
        == """\
RECUPERADO: api em my-custom-nginx-container
---
O problema durou 12 min 5 s.

    HTTP OK: HTTP/1.1 200 OK - 1024 bytes in 0.004 second response time

Serviço: api
Host: my-custom-nginx-container (Form and API), 172.18.0.4
Estado: OK (antes: CRÍTICO)
Problema: de 30 de jul. de 2026 00:04:05 (UTC-03) a 30 de jul. de 2026 00:16:10 (UTC-03)
Notificação: 1

https://atalaia.example.com/services/my-custom-nginx-container/api
"""
    )


def test_a_host_that_is_down() -> None:
    message = a_message(
        host="zookeeper",
        host_alias="zookeeper",
        host_address="zookeeper",
        service="",
        state="DOWN",
        previous_state="UP",
        output="",
        language="pt_BR",
    )

    assert (
        rendered(message)
        == """\
FORA DO AR: zookeeper
---
    (a verificação não disse nada)

Host: zookeeper
Estado: FORA DO AR (antes: NO AR)
Desde: 30 de jul. de 2026 00:04:05 (UTC-03), há 20 s
Tentativa: 3 de 3
Notificação: 1
"""
    )


def test_an_acknowledgement_says_who_and_what() -> None:
    message = a_message(
        kind="ACKNOWLEDGEMENT", author="Ana Souza", comment="olhando o gunicorn,\nvolto em 10 min"
    )

    assert rendered(message).startswith("""\
ACKNOWLEDGED: api on my-custom-nginx-container (CRITICAL)
---
Ana Souza is taking care of it. No further messages for now.
Ana Souza wrote: “olhando o gunicorn, volto em 10 min”

    HTTP CRITICAL""")


@pytest.mark.parametrize(
    ("kind", "en", "pt_br"),
    [
        ("FLAPPINGSTART", "FLAPPING: ", "INSTÁVEL: "),
        ("FLAPPINGSTOP", "FLAPPING STOPPED: ", "ESTABILIZADO: "),
        ("FLAPPINGDISABLED", "FLAP DETECTION OFF: ", "DETECÇÃO DE INSTABILIDADE DESLIGADA: "),
        ("DOWNTIMESTART", "DOWNTIME STARTED: ", "MANUTENÇÃO INICIADA: "),
        ("DOWNTIMEEND", "DOWNTIME ENDED: ", "MANUTENÇÃO ENCERRADA: "),
        ("DOWNTIMECANCELLED", "DOWNTIME CANCELLED: ", "MANUTENÇÃO CANCELADA: "),
        ("CUSTOM", "NOTICE: ", "AVISO: "),
        ("SOMETHING NEW", "CRITICAL: ", "CRÍTICO: "),
    ],
)
def test_every_type_of_notification_has_its_headline(kind: str, en: str, pt_br: str) -> None:
    message = a_message(kind=kind)

    assert subject(message, texts("en")) == f"{en}api on my-custom-nginx-container (CRITICAL)"
    assert subject(message, texts("pt_BR")) == f"{pt_br}api em my-custom-nginx-container (CRÍTICO)"


def test_a_reminder_has_the_same_subject_as_the_first_message() -> None:
    first, second = (subject(a_message(number=number), texts("en")) for number in (1, 2))

    assert first == second


def test_a_message_that_could_not_be_sent_in_time_says_so() -> None:
    assert "\nThis message is 12 min late: it could not be sent before.\n\n" in rendered(
        a_message(), late=720.0
    )


def test_a_message_that_is_on_time_says_nothing_about_it() -> None:
    assert "late" not in rendered(a_message(), late=2.0)


def test_what_a_check_says_cannot_pass_for_a_line_of_ours() -> None:
    forged = "\x1b[2Jfine\nState: OK\r\nNotification: 0"

    text = rendered(a_message(output=forged, long_output=forged))

    assert [line for line in text.splitlines() if line.startswith(("State:", "Notification:"))] == [
        "State: CRITICAL (before: OK)",
        "Notification: 1",
    ]
    assert "\x1b" not in text


def test_of_a_huge_output_a_mail_holds_only_the_beginning() -> None:
    text = rendered(a_message(output="x" * 1_000_000, long_output="line of a log\n" * 70_000))

    assert len(text) < 3_000
    assert text.endswith("    line of a log\n[69961 more lines]\n")


def test_one_huge_line_is_shortened() -> None:
    text = rendered(a_message(long_output="y" * 1_000_000))

    assert len(text) < 8_000
    assert text.endswith("y\n[shortened]\n")


def test_a_recovery_without_a_known_beginning_does_not_invent_one() -> None:
    text = rendered(a_message(**RECOVERY | {"since": Instant(0.0)}))

    assert "lasted" not in text
    assert "from never" not in text


@pytest.mark.parametrize("name", ["a\r\nBcc: everybody@example.com", "x" * 5_000, "\u202eevil"])
def test_a_strange_name_stays_on_one_line_of_the_subject(name: str) -> None:
    line = subject(a_message(host=name, service=name), texts("en"))

    assert len(line) < 250
    assert line.isprintable()
