"""The images and containers by the plain commands of CONTAINERS.md, typed one by one."""

import re
import subprocess
from collections.abc import Iterator

import pytest

from support.docker_engine import (
    CONTAINERS,
    NETWORK,
    asked,
    base_images,
    is_healthy,
    names,
    refuse_to_disturb,
    require_engine,
    typed,
    wait_for,
)
from support.production import PRODUCTION, PYTHON, set_up

UNICO = "http://127.0.0.1:8080"
DOIS = "http://127.0.0.1:8081"
MINE = CONTAINERS[:6]
UNICO_FOLDER = "http-api-classificacao-produtos-container-unico"
DOIS_FOLDER = "http-api-classificacao-produtos-dois-containers"
ASKED_FOR = (
    "docker build -t classificador-produtos ./classificador-produtos",
    f"docker build -t {UNICO_FOLDER} ./{UNICO_FOLDER}",
    f"docker build -f ./{DOIS_FOLDER}/Dockerfile-wsgi -t wsgi-app ./{DOIS_FOLDER}/",
    f"docker build -f ./{DOIS_FOLDER}/Dockerfile-nginx -t custom-nginx ./{DOIS_FOLDER}/",
    "docker build -t analise-sentimentos-consumer ./analise-sentimentos",
    "docker network create minharede",
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]


def commands() -> list[str]:
    """The commands of the section "One by one, by hand", each on one line, comments left out."""
    text = (PRODUCTION / "CONTAINERS.md").read_text(encoding="utf-8")
    section = text.partition("## One by one, by hand")[2]
    block = section.partition("```sh\n")[2].partition("```")[0]
    lines = re.sub(r"\s*\\\n\s*", " ", block).splitlines()
    return [line.partition(" #")[0].strip() for line in lines if line.strip()]


def on_local_base(command: str) -> str:
    """A build as one types it where there is no registry."""
    wanted = "DEBIAN" if "nginx" in command or "zookeeper" in command else "PYTHON"
    return command.replace(
        "docker build ", f"docker build --build-arg BASE_IMAGE={base_images()[f'{wanted}_BASE_IMAGE']} "
    )


@pytest.fixture(scope="module")
def everything() -> Iterator[None]:
    """Every image built and every container started by the plain commands; all of it removed at the end."""
    require_engine()
    refuse_to_disturb()
    had_network = NETWORK in names("network ls")
    try:
        for command in commands():
            if command.startswith("docker build"):
                typed(on_local_base(command))
            elif command.startswith("docker network") and had_network:
                continue
            elif "postgresql://" not in command:
                typed(command)
        yield
    finally:
        typed(f"docker rm -f -v {' '.join(MINE)} >/dev/null 2>&1 || true")
        if not had_network:
            typed(f"docker network rm {NETWORK} >/dev/null 2>&1 || true")


def test_the_commands_that_were_asked_for_are_the_ones_that_are_documented() -> None:
    assert [command for command in ASKED_FOR if command not in commands()] == []


def test_every_container_says_that_it_is_healthy(everything: None) -> None:
    for container in MINE:
        wait_for(lambda: is_healthy(container), f"{container} healthy")  # noqa: B023 - called at once


@pytest.mark.parametrize("address", [UNICO, DOIS])
def test_both_apis_know_what_sponges_are(everything: None, address: str) -> None:
    wait_for(lambda: asked(f"{address}/api/health_check")[0] == 200, "health check")

    status, answer = asked(f"{address}/api/predizer_categoria", {"descricao": "kit 4 esponjas"})

    assert (status, answer["categoria"]) == (200, "maquiagem")


def test_gunicorn_killed_inside_the_one_container_is_started_again_there(everything: None) -> None:
    wait_for(lambda: asked(f"{UNICO}/api/health_check")[0] == 200, "health check")

    typed(
        f"docker exec {MINE[0]} bash -c 'for p in /proc/[0-9]*; do"
        ' if grep -q "^PPid:\t1$" $p/status && grep -q gunicorn $p/cmdline; then kill -9 ${p#/proc/}; fi;'
        " done'"
    )
    wait_for(lambda: asked(f"{UNICO}/api/health_check")[0] == 502, "502")

    wait_for(lambda: asked(f"{UNICO}/api/health_check")[0] == 200, "health check")
    assert (
        typed(f"docker inspect -f '{{{{.RestartCount}}}} {{{{.State.Running}}}}' {MINE[0]}").strip() == "0 true"
    )


def test_nginx_outlives_the_application_and_finds_it_at_another_address(everything: None) -> None:
    address = "docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "
    before = typed(address + "wsgi-app-container")
    base = base_images()["DEBIAN_BASE_IMAGE"]

    typed("docker rm -f wsgi-app-container")
    alone = asked(f"{DOIS}/api/health_check")
    # Somebody else takes the address.
    typed(f"docker run -d --rm --init --network {NETWORK} --name atalaia-test-other {base} sleep 600")
    try:
        typed(next(command for command in commands() if "--name wsgi-app-container" in command))
        wait_for(lambda: asked(f"{DOIS}/api/health_check")[0] == 200, "health check")
        after = typed(address + "wsgi-app-container")
    finally:
        typed("docker rm -f atalaia-test-other")

    # 504 as long as nginx remembers the address, 502 once the name is gone.
    assert alone[0] in (502, 504)
    assert list(alone[1]) == ["erro"]
    assert after != before


def test_what_the_chatbot_sends_is_shown_with_its_sentiment(everything: None) -> None:
    consumer = "analise-sentimentos-consumer-container"
    set_up()
    wait_for(lambda: is_healthy(consumer), "consumer healthy")

    done = subprocess.run(
        [PYTHON, PRODUCTION / "chatbot" / "chatbot.py", "--nome", "Ana", "--broker", "localhost:9092"],
        input="Adorei o atendimento!\nO produto veio quebrado, péssimo\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    wait_for(
        lambda: ":( Ana: O produto veio quebrado" in typed(f"docker logs {consumer} 2>&1"), "the negative one"
    )
    assert ":) Ana: Adorei o atendimento!" in typed(f"docker logs {consumer} 2>&1")


def test_the_offline_classifier_runs_and_ends(everything: None) -> None:
    image = next(command for command in commands() if "postgresql://" in command)
    once = image.replace("postgresql://…", "sqlite:////dados/loja.db").replace(
        "docker run --rm", "docker run --rm -v atalaia-test-loja:/dados"
    )
    fill = once.replace(
        "classificador-produtos --banco", "--entrypoint python classificador-produtos amostra.py --banco"
    )
    try:
        typed(fill)
        first, second = typed(once), typed(once)
    finally:
        typed("docker volume rm -f atalaia-test-loja")

    assert re.search(r"Terminou: [1-9]\d* produtos classificados", first)
    assert "Terminou: 0 produtos classificados" in second
