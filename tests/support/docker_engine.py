"""The Docker engine as a test uses it: there or started, base images, containers, what is left.

Here: commands typed and what they answer. Not here: what is expected of the images.
"""

import functools
import json
import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from support.production import PRODUCTION, ROOT

# Downloads of a first build are part of it.
BUILD_WITHIN = 900
ANSWER_WITHIN = 60.0
NETWORK = "minharede"
CONTAINERS = (
    "http-api-classificacao-produtos-container-unico-container",
    "wsgi-app-container",
    "my-custom-nginx-container",
    "zookeeper",
    "broker",
    "analise-sentimentos-consumer-container",
    "mailbox",
    "atalaia",
)


def typed(command: str, *, timeout: float = BUILD_WITHIN, environment: Mapping[str, str] | None = None) -> str:
    """What a command prints, typed in the folder of the example environment; fails with all of it."""
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=PRODUCTION,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=timeout,
        check=False,
        env=os.environ | (environment or {}),
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}"
    return done.stdout


@functools.cache
def require_engine() -> None:
    """Makes sure that an engine answers.

    Only CI has one installed and started for it: on somebody's own machine that is for them to decide, and the
    test is skipped with what to type.
    """
    command = [str(ROOT / "tools" / "docker-engine")]
    if not os.environ.get("CI"):
        command.append("--check")
    done = subprocess.run(command, capture_output=True, text=True, timeout=BUILD_WITHIN, check=False)
    if done.returncode and not os.environ.get("CI"):
        pytest.skip("no Docker engine answers; start one with: sudo tools/docker-engine")
    assert done.returncode == 0, done.stderr


@functools.cache
def base_images() -> dict[str, str]:
    """DEBIAN_BASE_IMAGE and PYTHON_BASE_IMAGE on this machine."""
    lines = typed("../../tools/base-images 2>/dev/null").splitlines()
    return dict(line.split("=", 1) for line in lines)


def names(kind: str, *filters: str) -> set[str]:
    """The names of the containers (`ps -a`), networks or volumes (`network ls`) that the engine has."""
    column = "{{.Names}}" if kind == "ps -a" else "{{.Name}}"
    chosen = " ".join(f"--filter {one}" for one in filters)
    return set(typed(f"docker {kind} {chosen} --format '{column}'").split())


def refuse_to_disturb() -> None:
    """Fails when containers of the environment's names are there already: they are somebody's."""
    there = names("ps -a") & set(CONTAINERS)
    assert not there, f"the example environment runs already ({', '.join(sorted(there))}): end it first"


def asked(url: str, body: object = None) -> tuple[int, Any]:
    """Status and JSON of an HTTP answer; 0 and the error when there is none."""
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data=data), timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)
    except (OSError, ValueError) as error:
        return 0, str(error)


def wait_for(seen: Callable[[], object], what: str, seconds: float = ANSWER_WITHIN) -> None:
    """Returns when something is seen; fails by naming it when it is not."""
    deadline = time.monotonic() + seconds
    while not seen():
        if time.monotonic() > deadline:
            pytest.fail(f"{what}: not seen within {seconds:.0f} s")
        time.sleep(0.1)


def is_healthy(container: str) -> bool:
    """Whether the container's own health check says so."""
    return typed(f"docker inspect -f '{{{{.State.Health.Status}}}}' {container}").strip() == "healthy"
