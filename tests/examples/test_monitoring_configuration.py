"""The team's configuration in Nagios' format, judged by Nagios Core itself."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from support.nagios4 import BINARY, Nagios4, needs_nagios4
from support.production import FIRST_TIME, PRODUCTION, ROOT, Launcher

pytestmark = [pytest.mark.slow, pytest.mark.oracle, pytest.mark.timeout(FIRST_TIME), needs_nagios4]

MONITORING = PRODUCTION / "monitoring"
MAIN_FILES = {"processes": MONITORING / "nagios.cfg", "containers": MONITORING / "nagios-docker.cfg"}
HOSTS = {
    "my-custom-nginx-container",
    "wsgi-app-container",
    "http-api-classificacao-produtos-container-unico-container",
    "zookeeper",
    "broker",
    "analise-sentimentos-consumer-container",
    "classificador-produtos",
}
GROUPS = {
    "classificacao-produtos",
    "analise-sentimentos",
    "front-end",
    "wsgi-flask",
    "zookeeper",
    "broker",
    "consumer",
}


def nagios(folder: Path, main: Path, *more: str) -> Nagios4:
    """Nagios Core set up on a copy of a main file, with everything that it writes in one folder."""
    nagios4 = Nagios4(folder)
    nagios4.configure("")
    own = (folder / "nagios.cfg").read_text().splitlines()
    paths = [line for line in own if line.startswith("/") is False and f"={folder}/" in line]
    user = [line for line in own if line.startswith(("nagios_user", "nagios_group"))]
    team = [
        re.sub(r"^(cfg_file|cfg_dir|resource_file)=(?!/)", rf"\1={main.parent}/", line)
        for line in main.read_text(encoding="utf-8").splitlines()
    ]
    keep = [line for line in (*paths, *user) if not line.startswith(("cfg_file", "resource_file"))]
    (folder / "nagios.cfg").write_text(
        "\n".join([*team, *keep, "status_update_interval=1", *more]) + "\n", encoding="utf-8"
    )
    return nagios4


def verify(nagios4: Nagios4) -> str:
    assert BINARY is not None
    done = subprocess.run(
        [BINARY, "-v", str(nagios4.folder / "nagios.cfg")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def atalaia(*arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [ROOT / ".venv" / "bin" / "atalaia", *arguments, "--json"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture(params=list(MAIN_FILES.values()), ids=list(MAIN_FILES))
def main(request: pytest.FixtureRequest) -> Path:
    """Each of the two main files."""
    assert isinstance(request.param, Path)
    return request.param


def test_nagios_accepts_it_without_a_warning(tmp_path: Path, main: Path) -> None:
    shown = verify(nagios(tmp_path, main))

    assert re.search(r"Total Warnings: 0\nTotal Errors: +0", shown)
    assert f"Checked {len(HOSTS)} hosts" in shown


def test_atalaia_accepts_it(main: Path) -> None:
    verdict = atalaia("verify", str(main))

    assert (verdict["ok"], verdict["errors"]) == (True, [])
    assert verdict["counts"]["hosts"] == len(HOSTS)


def test_it_goes_without_zookeeper(tmp_path: Path) -> None:
    text = MAIN_FILES["processes"].read_text(encoding="utf-8")
    main = tmp_path / "without" / "nagios.cfg"
    main.parent.mkdir()
    kept = [line for line in text.splitlines() if "zookeeper.cfg" not in line]
    main.write_text(re.sub(r"(?m)^(cfg_file|resource_file)=", rf"\1={MONITORING}/", "\n".join(kept)) + "\n")
    folder = tmp_path / "nagios4"
    folder.mkdir()
    shown = verify(nagios(folder, main))

    assert re.search(r"Total Warnings: 0\nTotal Errors: +0", shown)
    assert f"Checked {len(HOSTS) - 1} hosts" in shown


def test_hosts_bear_the_names_of_the_containers(main: Path) -> None:
    assert {host["host_name"] for host in atalaia("objects", str(main))["host"]} == HOSTS


def test_in_containers_a_host_s_address_is_its_name() -> None:
    hosts = atalaia("objects", str(MAIN_FILES["containers"]))["host"]
    jobs = {"classificador-produtos"}

    assert {host["host_name"] for host in hosts if host["address"] == host["host_name"]} == HOSTS - jobs


def test_every_group_of_containers_has_its_members(main: Path) -> None:
    groups = {
        group["hostgroup_name"]: group.get("members") for group in atalaia("objects", str(main))["hostgroup"]
    }

    assert set(groups) == GROUPS
    assert all(groups.values())


def test_both_main_files_differ_in_their_paths_only() -> None:
    """One description: where things are is all that a runtime adds."""
    own = ("#", "cfg_file=runtime/", "resource_file=", "log_file=")
    texts = [file.read_text(encoding="utf-8").splitlines() for file in MAIN_FILES.values()]
    processes, containers = ([line for line in text if not line.startswith(own)] for text in texts)

    assert [line for line in processes if line] == [line for line in containers if line]


def test_each_category_is_asked_for_through_nginx_and_directly(main: Path) -> None:
    asked = {
        (service["host_name"], service["service_description"])
        for service in atalaia("objects", str(main))["service"]
        if service["service_description"].startswith("predicao-")
    }

    assert asked == {
        (host, f"predicao-{category}")
        for host in HOSTS
        if "nginx" in host or "wsgi" in host or "unico" in host
        for category in ("livro", "maquiagem", "brinquedo", "game")
    }


def test_nagios_finds_everything_all_right_and_sends_one_message_for_one_cause(
    production: Launcher, tmp_path: Path
) -> None:
    nagios4 = nagios(tmp_path, production.var / "monitoring" / "nagios.cfg")
    told = production.var / "log" / "notificacoes.log"

    def states() -> dict[str, str]:
        return {
            f"{block['host_name']}/{block.get('service_description', '')}": block["current_state"]
            for kind in ("hoststatus", "servicestatus")
            for block in nagios4.status(kind)
            # Nobody reports to this Nagios; and whether it sees the job as missing is a matter of minutes.
            if block["has_been_checked"] == "1" and block.get("service_description") != "execucao"
        }

    # Without Java on this machine, ZooKeeper is neither there nor watched.
    zookeeper = "zookeeper.cfg" in (production.var / "monitoring" / "nagios.cfg").read_text()
    watched = 7 + 27 if zookeeper else 6 + 25
    with nagios4.running():
        nagios4.wait_for(lambda: len(states()) == watched, seconds=60)
        all_right = set(states().values())
        assert production.ask("break", "nginx").returncode == 0
        try:
            nagios4.wait_for(lambda: told.exists() and "PROBLEM" in told.read_text(), seconds=40)
        finally:
            assert production.ask("repair", "nginx").returncode == 0
        nagios4.wait_for(lambda: "RECOVERY" in told.read_text(), seconds=40)
        nagios4.wait_for(lambda: set(states().values()) == {"0"}, seconds=40)

    assert all_right == {"0"}
    kinds = [
        line.partition(" my-custom-nginx-container/")[2].split(" ")[:2]
        for line in told.read_text().splitlines()
    ]
    assert kinds == [["nginx", "CRITICAL:"], ["nginx", "OK:"]]
