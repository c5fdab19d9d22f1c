"""The team's configuration in Nagios' format, judged by Nagios Core itself."""

import re
import subprocess
from pathlib import Path

import pytest

from support.nagios4 import BINARY, Nagios4, needs_nagios4
from support.production import FIRST_TIME, PRODUCTION, Launcher

pytestmark = [pytest.mark.slow, pytest.mark.oracle, pytest.mark.timeout(FIRST_TIME), needs_nagios4]

MONITORING = PRODUCTION / "monitoring"
RUN_NOW = {"my-custom-nginx-container", "wsgi-app-container"}
PLANNED = {
    "http-api-classificacao-produtos-container-unico-container",
    "zookeeper",
    "broker",
    "analise-sentimentos-consumer-container",
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


def names(folder: Path, directive: str) -> set[str]:
    text = "".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.cfg")))
    return set(re.findall(rf"^define \w+ {{\n(?:.*\n)*?    {directive}\s+(\S+)$", text, re.MULTILINE))


def test_nagios_accepts_what_is_watched_now(tmp_path: Path) -> None:
    shown = verify(nagios(tmp_path, MONITORING / "nagios.cfg"))

    assert re.search(r"Total Warnings: 0\nTotal Errors: +0", shown)


def test_nagios_accepts_it_with_the_planned_containers_too(tmp_path: Path) -> None:
    planned = f"cfg_dir={MONITORING / 'objects' / 'planned'}"
    shown = verify(nagios(tmp_path, MONITORING / "nagios.cfg", planned))

    assert re.search(r"Total Warnings: 0\nTotal Errors: +0", shown)
    assert "Checked 6 hosts" in shown


def test_hosts_bear_the_names_of_the_containers() -> None:
    now = names(MONITORING / "objects", "host_name")
    planned = names(MONITORING / "objects" / "planned", "host_name")

    assert (now, planned) == (RUN_NOW, PLANNED)


def test_every_group_of_containers_is_there() -> None:
    now = names(MONITORING / "objects", "hostgroup_name")
    planned = names(MONITORING / "objects" / "planned", "hostgroup_name")

    assert now | planned == GROUPS


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
            if block["has_been_checked"] == "1"
        }

    with nagios4.running():
        nagios4.wait_for(lambda: len(states()) == 8, seconds=30)
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
