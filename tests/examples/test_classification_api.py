"""The two-container API as its callers see it: through nginx, and gunicorn alone."""

import json
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

import pytest

from support.production import FIRST_TIME, Launcher

pytestmark = [pytest.mark.slow, pytest.mark.timeout(FIRST_TIME)]

THROUGH_NGINX = ("NGINX_PORT", "/api")
ALONE = ("WSGI_PORT", "")
LARGEST = 64 * 1024


@dataclass(frozen=True)
class Answer:
    status: int
    kind: str
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def send(launcher: Launcher, variable: str, method: str, path: str, body: bytes | None = None) -> Answer:
    connection = HTTPConnection("127.0.0.1", launcher.ports[variable], timeout=10)
    try:
        connection.request(method, path, body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        return Answer(response.status, response.headers.get_content_type(), response.read())
    finally:
        connection.close()


def ask(launcher: Launcher, way: tuple[str, str], body: bytes) -> Answer:
    variable, prefix = way
    return send(launcher, variable, "POST", f"{prefix}/predizer_categoria", body)


both_ways = pytest.mark.parametrize("way", [THROUGH_NGINX, ALONE], ids=["through nginx", "gunicorn alone"])


@both_ways
def test_it_answers_with_category_and_probability(production: Launcher, way: tuple[str, str]) -> None:
    answer = ask(production, way, b'{"descricao": "kit 4 esponjas"}')

    assert (answer.status, answer.json["categoria"]) == (200, "maquiagem")
    assert 0.5 < answer.json["probabilidade"] <= 1


def test_it_takes_an_object_without_a_content_type(production: Launcher) -> None:
    connection = HTTPConnection("127.0.0.1", production.ports["WSGI_PORT"], timeout=10)
    connection.request("POST", "/predizer_categoria", b'{"descricao": "dark souls"}')
    answer = json.loads(connection.getresponse().read())
    connection.close()

    assert answer["categoria"] == "game"


@both_ways
@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        pytest.param(b'{"descricao":', 400, "não é um JSON válido", id="cut off"),
        pytest.param(b"", 400, "não é um JSON válido", id="empty"),
        pytest.param(b"\xff\xfe{", 400, "não é um JSON válido", id="not UTF-8"),
        pytest.param(b"[" * 60000, 400, "não é um JSON válido", id="deeply nested"),
        pytest.param(b'["kit 4 esponjas"]', 400, "objeto JSON", id="array"),
        pytest.param(b'"kit 4 esponjas"', 400, "objeto JSON", id="string"),
        pytest.param(b"{}", 422, "Falta o campo", id="no field"),
        pytest.param(b'{"descricao": ""}', 422, "vazio", id="empty text"),
        pytest.param(b'{"descricao": " \\t\\n"}', 422, "vazio", id="blanks"),
        pytest.param(b'{"descricao": "?!"}', 422, "não tem palavra", id="punctuation"),
        pytest.param(b'{"descricao": 5}', 422, "deve ser um texto", id="number"),
        pytest.param(b'{"descricao": null}', 422, "deve ser um texto", id="null"),
        pytest.param(b'{"descricao": ["batom"]}', 422, "deve ser um texto", id="list"),
        pytest.param(json.dumps({"descricao": "a" * 2001}).encode(), 422, "2000 caracteres", id="too long"),
        pytest.param(json.dumps({"descricao": "a" * LARGEST}).encode(), 413, "64 KB", id="too large"),
    ],
)
def test_a_bad_question_is_refused_in_portuguese(
    production: Launcher, way: tuple[str, str], body: bytes, status: int, words: str
) -> None:
    answer = ask(production, way, body)

    assert (answer.status, answer.kind) == (status, "application/json")
    assert words in answer.json["erro"]


def test_a_body_without_a_declared_length_is_limited_too(production: Launcher) -> None:
    connection = HTTPConnection("127.0.0.1", production.ports["WSGI_PORT"], timeout=10)
    pieces = [b'{"descricao": "batom"}', *[b" " * 8192] * 9]
    connection.request("POST", "/predizer_categoria", iter(pieces), encode_chunked=True)
    response = connection.getresponse()
    response.read()
    connection.close()

    assert response.status == 413


def test_half_a_surrogate_pair_is_no_reason_to_fail(production: Launcher) -> None:
    answer = ask(production, ALONE, b'{"descricao": "\\ud800 batom vermelho"}')

    assert (answer.status, answer.json["categoria"]) == (200, "maquiagem")


@both_ways
def test_an_unknown_address_is_a_404_in_json(production: Launcher, way: tuple[str, str]) -> None:
    answer = send(production, way[0], "GET", f"{way[1]}/outra_coisa")

    assert (answer.status, list(answer.json)) == (404, ["erro"])


def test_asking_by_get_is_a_405_in_json(production: Launcher) -> None:
    answer = send(production, "WSGI_PORT", "GET", "/predizer_categoria")

    assert (answer.status, list(answer.json)) == (405, ["erro"])


@both_ways
def test_the_health_check_names_the_model(production: Launcher, way: tuple[str, str]) -> None:
    answer = send(production, way[0], "GET", f"{way[1]}/health_check")

    assert (answer.status, answer.json["status"]) == (200, "ok")
    assert len(answer.json["modelo"]["versao"]) == 12


def test_nginx_serves_the_form_with_its_parts(production: Launcher) -> None:
    page = send(production, "NGINX_PORT", "GET", "/cadastro.html")

    assert (page.status, page.kind) == (200, "text/html")
    assert 'id="cadastro"' in page.body.decode("utf-8")
    for name, kind in (("cadastro.js", "javascript"), ("cadastro.css", "css"), ("icone.svg", "svg")):
        part = send(production, "NGINX_PORT", "GET", f"/{name}")
        assert name in page.body.decode("utf-8")
        assert (part.status, kind in part.kind) == (200, True)


def test_without_the_application_nginx_lives_and_says_so_at_once(production: Launcher) -> None:
    assert production.ask("break", "wsgi").returncode == 0
    try:
        start = time.monotonic()
        answer = ask(production, THROUGH_NGINX, b'{"descricao": "batom"}')
        seconds = time.monotonic() - start
        health = send(production, "NGINX_PORT", "GET", "/nginx-health")
    finally:
        repaired = production.ask("repair", "wsgi")

    assert (answer.status, answer.kind, list(answer.json)) == (502, "application/json", ["erro"])
    assert seconds < 10  # it does not hang; the point is the answer, not how fast this machine is
    assert health.status == 200
    assert repaired.returncode == 0, repaired.stderr
    assert ask(production, THROUGH_NGINX, b'{"descricao": "batom"}').status == 200
