"""check_prediction against a classifier that answers what the test wants."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from support.production import taken_port
from support.streams import plugin


class Classifier(ThreadingHTTPServer):
    """Answers each POST with what was set, and keeps what it was asked."""

    daemon_threads = True
    status = 200
    answer = json.dumps({"categoria": "maquiagem", "probabilidade": 0.92})
    asked: Any = None
    path: str = ""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Classifier

    def do_POST(self) -> None:
        """Answers as set."""
        self.server.asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.path = self.path
        body = self.server.answer.encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Says nothing."""


@pytest.fixture
def classifier() -> Iterator[Classifier]:
    with Classifier(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(classifier: Classifier, *options: str) -> tuple[int, str]:
    url = f"http://127.0.0.1:{classifier.server_address[1]}/api/predizer_categoria?a=b"
    done = plugin(
        "check_prediction", "--url", url, "--text", "kit 4 esponjas", "--expect", "maquiagem", *options
    )
    return done.returncode, done.stdout


def test_the_known_answer_is_well(classifier: Classifier) -> None:
    code, text = ask(classifier, "-w", "5", "-c", "10")

    assert code == 0
    assert text.startswith("PREDICTION OK - 'kit 4 esponjas' is maquiagem (92%), answered in ")
    assert ";5;10;0 probability=0.92;;;0;1" in text
    assert (classifier.asked, classifier.path) == (
        {"descricao": "kit 4 esponjas"},
        "/api/predizer_categoria?a=b",
    )


def test_another_answer_is_critical_whatever_its_probability(classifier: Classifier) -> None:
    classifier.answer = '{"categoria": "livro", "probabilidade": 1}'
    code, text = ask(classifier)

    assert code == 2
    assert "'kit 4 esponjas' is livro (100%)" in text
    assert "expected maquiagem" in text


def test_the_right_answer_with_too_little_probability_is_a_warning(classifier: Classifier) -> None:
    code, text = ask(classifier, "--min-probability", "0.95")

    assert code == 1
    assert "expected a probability of at least 95%" in text
    assert "probability=0.92;0.95:;;0;1" in text


def test_a_probability_that_is_missing_is_a_warning_where_one_is_expected(classifier: Classifier) -> None:
    classifier.answer = '{"categoria": "maquiagem"}'

    assert ask(classifier)[0] == 0
    assert ask(classifier, "--min-probability", "0.1")[0] == 1


@pytest.mark.parametrize(
    ("status", "answer", "told"),
    [
        (502, '{"erro": "aplicação indisponível"}', "HTTP 502: aplicação indisponível"),
        (500, "<html>boom</html>", "HTTP 500: no category in '<html>boom</html>'"),
        (200, "[]", "HTTP 200: no category in '[]'"),
        (200, '{"categoria": 7}', "HTTP 200: no category"),
    ],
)
def test_what_is_no_answer_is_critical_and_quoted(
    classifier: Classifier, status: int, answer: str, told: str
) -> None:
    classifier.status, classifier.answer = status, answer
    code, text = ask(classifier)

    assert code == 2
    assert told in text


def test_a_slow_answer_is_judged_by_the_thresholds(classifier: Classifier) -> None:
    assert ask(classifier, "-w", "5:")[0] == 1
    assert ask(classifier, "-c", "5:")[0] == 2


def test_nobody_there_is_critical() -> None:
    done = plugin("check_prediction", "--url", "http://127.0.0.1:1/", "--text", "a", "--expect", "b")

    assert (done.returncode, done.stdout) == (
        2,
        "PREDICTION CRITICAL - 127.0.0.1:1 cannot be asked: Connection refused\n",
    )


def test_a_server_that_accepts_and_says_nothing_is_critical_in_time() -> None:
    with taken_port() as port:
        url = f"http://127.0.0.1:{port}/"
        done = plugin("check_prediction", "--url", url, "--text", "a", "--expect", "b", "-t", "0.5")

    assert done.returncode == 2
    assert "no answer within 0.5 s" in done.stdout
