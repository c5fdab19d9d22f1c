"""The offline job: products without a category get one, whatever the database; Atalaia hears of each run."""

import http.server
import json
import os
import pty
import signal
import subprocess
import termios
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.postgresql import cluster
from support.production import FIRST_TIME, PRODUCTION, PYTHON, run_production, set_up

pytestmark = [pytest.mark.slow, pytest.mark.timeout(FIRST_TIME)]

JOB = PRODUCTION / "classificador-produtos"
MODEL = PRODUCTION / "var" / "model"
KNOWN_ANSWERS = {
    "kit 4 esponjas": "maquiagem",
    "soldadinhos de plástico": "brinquedo",
    "dark souls": "game",
    "O senhor dos anéis": "livro",
}
# What the tests ask of a database, through the job's own module and driver.
SQL = """
import json, sys
sys.path.insert(0, sys.argv[1])
from banco import opened
with opened(sys.argv[2], create=True) as database:
    if sys.argv[3] == "create":
        database.create()
        database._connection.execute("DELETE FROM produtos")
        database._connection.commit()
    elif sys.argv[3] == "add":
        database.add(json.load(sys.stdin))
    else:
        columns = "descricao, categoria, probabilidade, CAST(classificado_em AS TEXT)"
        rows = database._connection.execute(f"SELECT {columns} FROM produtos ORDER BY id")
        print(json.dumps([list(row) for row in rows.fetchall()]))
"""

Row = tuple[str, str | None, float | None, str | None]


class Shop:
    """The table of products behind one URL."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._sql("create")

    def _sql(self, what: str, sent: object = None) -> str:
        set_up()
        done = subprocess.run(
            [PYTHON, "-c", SQL, str(JOB), self.url, what],
            input=json.dumps(sent),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def add(self, *descriptions: str) -> None:
        self._sql("add", descriptions)

    def rows(self) -> list[Row]:
        return [tuple(row) for row in json.loads(self._sql("rows"))]

    def command(self, *options: str) -> list[str]:
        return [str(JOB / "classificador.py"), "--banco", self.url, "--modelo", str(MODEL), *options]

    def classify(self, *options: str) -> "subprocess.CompletedProcess[str]":
        return run_production(self.command(*options))


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    with cluster() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Shop:
    """An empty table, once in each kind of database."""
    if request.param == "postgresql":
        return Shop(request.getfixturevalue("postgresql"))
    return Shop(f"sqlite:///{tmp_path}/loja.db")


@pytest.fixture
def small_shop(tmp_path: Path) -> Shop:
    """An empty table in an SQLite file."""
    return Shop(f"sqlite:///{tmp_path}/loja.db")


def test_each_product_gets_its_category_and_how_sure_the_model_is(shop: Shop) -> None:
    shop.add(*KNOWN_ANSWERS)
    done = shop.classify()

    assert done.returncode == 0, done.stderr
    assert {row[0]: row[1] for row in shop.rows()} == KNOWN_ANSWERS
    assert all(row[2] is not None and 0.25 < row[2] <= 1 and row[3] for row in shop.rows())


def test_running_it_twice_changes_nothing(shop: Shop) -> None:
    shop.add(*KNOWN_ANSWERS)
    shop.classify()
    before = shop.rows()
    done = shop.classify()

    assert (done.returncode, done.stdout) == (0, "Terminou: 0 produtos classificados\n")
    assert shop.rows() == before


def test_batches_of_any_size_bring_the_same(shop: Shop) -> None:
    shop.add(*KNOWN_ANSWERS)
    done = shop.classify("--lote", "3")

    assert done.returncode == 0, done.stderr
    assert {row[0]: row[1] for row in shop.rows()} == KNOWN_ANSWERS


def test_a_description_without_a_word_is_left_alone_and_said(shop: Shop) -> None:
    shop.add("batom vermelho", "", "?!")
    done = shop.classify("--lote", "1")

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Terminou: 1 produto classificado, 2 sem descrição utilizável\n")
    assert [row[1] for row in shop.rows()] == ["maquiagem", None, None]


def test_the_summary_counts_each_category_and_what_is_unsure(small_shop: Shop) -> None:
    small_shop.add("batom vermelho", "gloss labial", "dark souls")
    done = small_shop.classify("--limiar", "0.9")

    assert done.stdout.splitlines()[0] == "Terminou: 3 produtos classificados, 1 com dúvida"
    assert [line.split() for line in done.stdout.splitlines()[1:]] == [["game", "1"], ["maquiagem", "2"]]


def test_an_interrupted_run_loses_nothing_and_the_next_one_finishes(shop: Shop) -> None:
    shop.add(*["batom vermelho"] * 4000)
    job = subprocess.Popen([PYTHON, *shop.command("--lote", "1")], stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not any(row[1] for row in shop.rows()) and time.monotonic() < deadline:
        time.sleep(0.05)
    job.send_signal(signal.SIGTERM)
    _, told = job.communicate(timeout=30)
    written = Counter(row[1] for row in shop.rows())
    finished = shop.classify()

    assert job.returncode == 128 + signal.SIGTERM, told
    assert 0 < written["maquiagem"] < 4000
    assert told.startswith(
        f"Falhou: interrompido por SIGTERM ({written['maquiagem']} produtos classificados"
    ), told
    assert finished.stdout.startswith(f"Terminou: {4000 - written['maquiagem']} produtos classificados")
    assert {row[1] for row in shop.rows()} == {"maquiagem"}


def test_two_jobs_at_once_share_the_work(shop: Shop) -> None:
    shop.add(*["dark souls"] * 600)
    jobs = [
        subprocess.Popen([PYTHON, *shop.command("--lote", "20")], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [job.communicate(timeout=60)[0] for job in jobs]

    assert [job.returncode for job in jobs] == [0, 0]
    assert sum(int(text.split()[1]) for text in told) == 600
    assert {row[1] for row in shop.rows()} == {"game"}


def test_the_progress_bar_is_for_terminals_only(small_shop: Shop) -> None:
    small_shop.add(*KNOWN_ANSWERS)
    quiet = small_shop.classify()
    small_shop.add(*KNOWN_ANSWERS)
    terminal, other_end = pty.openpty()
    os.set_blocking(terminal, False)
    termios.tcsetwinsize(other_end, (24, 80))
    done = subprocess.run(
        [PYTHON, *small_shop.command()], stdout=subprocess.DEVNULL, stderr=other_end, timeout=60, check=False
    )
    shown = os.read(terminal, 4096).decode()
    os.close(other_end)
    os.close(terminal)

    assert quiet.stderr == ""
    assert done.returncode == 0
    assert "produtos" in shown
    assert "/4" in shown


def test_a_database_that_is_away_is_a_sentence_without_the_password_and_exit_code_1() -> None:
    done = run_production(
        [
            str(JOB / "classificador.py"),
            "--modelo",
            str(MODEL),
            "--banco",
            "postgresql://loja:segr3do@127.0.0.1:1/x",
        ]
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Falhou: 127.0.0.1/x: connection failed")
    assert "segr3do" not in done.stderr


@pytest.mark.parametrize(
    ("url", "words"),
    [
        pytest.param("sqlite:////nowhere/loja.db", "o arquivo /nowhere/loja.db não existe", id="no such file"),
        pytest.param("mysql://x/y", "deve começar com postgresql:// ou sqlite:///", id="unknown kind"),
    ],
)
def test_a_url_that_will_not_do_is_a_sentence(url: str, words: str) -> None:
    done = run_production([str(JOB / "classificador.py"), "--modelo", str(MODEL), "--banco", url])

    assert done.returncode == 1
    assert words in done.stderr


def test_no_model_is_a_sentence(small_shop: Shop, tmp_path: Path) -> None:
    done = small_shop.classify("--modelo", str(tmp_path))

    assert done.returncode == 1
    assert "no usable model" in done.stderr


@pytest.mark.parametrize("options", [["--lote", "0"], ["--lote", "x"]])
def test_a_wrong_option_is_exit_code_2(small_shop: Shop, options: list[str]) -> None:
    assert small_shop.classify(*options).returncode == 2


def test_the_sample_is_put_into_an_empty_table_once(tmp_path: Path) -> None:
    shop = Shop(f"sqlite:///{tmp_path}/loja.db")
    sample = [str(JOB / "amostra.py"), "--banco", shop.url]
    first, second = run_production(sample), run_production(sample)
    more = run_production([*sample, "--novos", "3"])

    assert first.stdout == second.stdout
    assert len(shop.rows()) == int(first.stdout.split()[0]) + 3
    assert more.returncode == 0


def test_the_job_and_the_api_share_one_classifier() -> None:
    """Each image is built from its own folder, so each folder has the file; the files are the same."""
    api = PRODUCTION / "http-api-classificacao-produtos-dois-containers" / "wsgi-app" / "classifier.py"

    assert (JOB / "classifier.py").read_text() == api.read_text()


class Atalaia(http.server.HTTPServer):
    """What the job talks to: remembers what came, answers as told."""

    def __init__(self, status: int) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.status = status
        self.taken: list[tuple[str, str | None, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"


class Taking(http.server.BaseHTTPRequestHandler):
    server: Atalaia

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.taken.append((self.path, self.headers["Authorization"], body["command"]))
        answer = {"accepted": True} if self.server.status < 300 else {"error": "wrong token"}
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class' name
        """Says nothing."""


@pytest.fixture
def atalaia(request: pytest.FixtureRequest) -> Iterator[Atalaia]:
    server = Atalaia(getattr(request, "param", 202))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def report_to(atalaia: Atalaia, tmp_path: Path) -> list[str]:
    token = tmp_path / "token"
    token.write_text("abc123\n")
    return ["--relatar", atalaia.url, "--host", "classificador-produtos", "--token-file", str(token)]


def test_a_run_is_reported_as_a_passive_result(small_shop: Shop, atalaia: Atalaia, tmp_path: Path) -> None:
    small_shop.add("batom vermelho")
    done = small_shop.classify(*report_to(atalaia, tmp_path))

    assert (done.returncode, done.stderr) == (0, "")
    [(path, authorization, command)] = atalaia.taken
    assert (path, authorization) == ("/api/v1/commands", "Bearer abc123")
    words, _, figures = command.partition(" | ")
    assert words == (
        "PROCESS_SERVICE_CHECK_RESULT;classificador-produtos;execucao;0;Terminou: 1 produto classificado"
    )
    assert figures.startswith("classificados=1 duvidas=0 sem_descricao=0 tempo=")


def test_products_without_a_usable_description_are_reported_as_a_warning(
    small_shop: Shop, atalaia: Atalaia, tmp_path: Path
) -> None:
    small_shop.add("...")
    small_shop.classify(*report_to(atalaia, tmp_path))

    assert atalaia.taken[0][2].split(";")[3] == "1"


def test_a_run_that_fails_is_reported_as_critical(small_shop: Shop, atalaia: Atalaia, tmp_path: Path) -> None:
    done = small_shop.classify("--modelo", str(tmp_path), *report_to(atalaia, tmp_path))

    assert done.returncode == 1
    assert atalaia.taken[0][2].split(";")[3] == "2"
    assert "no usable model" in atalaia.taken[0][2]


@pytest.mark.parametrize("atalaia", [403], indirect=True)
def test_a_refused_report_is_said_and_does_not_change_the_exit_code(
    small_shop: Shop, atalaia: Atalaia, tmp_path: Path
) -> None:
    done = small_shop.classify(*report_to(atalaia, tmp_path))

    assert done.returncode == 0
    assert "O resultado não foi relatado" in done.stderr
    assert "recusou (403): wrong token" in done.stderr


def test_an_atalaia_that_is_away_does_not_hide_that_the_job_failed(small_shop: Shop, tmp_path: Path) -> None:
    done = small_shop.classify("--modelo", str(tmp_path), "--relatar", "http://127.0.0.1:1")

    assert done.returncode == 1
    assert "no usable model" in done.stderr
    assert "O resultado não foi relatado: http://127.0.0.1:1: " in done.stderr
