"""The recorded rows, asked again of the Nagios Core that is installed: one run of it for all of them."""

import re

import pytest

from support.nagios4 import Nagios4, needs_nagios4
from support.plugin_rows import ROWS, Said

pytestmark = [pytest.mark.oracle, needs_nagios4]


@pytest.fixture(scope="module")
def observed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Said]]:
    """What the daemon shows of each row's service and host."""
    nagios = Nagios4(tmp_path_factory.mktemp("nagios"))
    plugins = tmp_path_factory.mktemp("plugins")
    objects = "".join(_objects(row.name, row.command_line(plugins)) for row in ROWS)
    nagios.configure(objects, check_workers="6", service_check_timeout="2", host_check_timeout="2")

    def all_checked() -> bool:
        seen = nagios.status("servicestatus") + nagios.status("hoststatus")
        return len(seen) == 2 * len(ROWS) and all(fields["has_been_checked"] == "1" for fields in seen)

    with nagios.running():
        nagios.wait_for(all_checked)
        return {kind: _said(nagios.status(f"{kind}status")) for kind in ("service", "host")}


def _objects(name: str, command_line: str) -> str:
    checked = f"""
    host_name              h-{name}
    check_command          check-{name}
    check_interval         600
    retry_interval         600
    max_check_attempts     1
    check_period           always
    contacts               nobody
    notifications_enabled  0
}}
"""
    return (
        f"define command {{\n    command_name  check-{name}\n    command_line  {command_line}\n}}\n"
        f"define host {{\n    address  127.0.0.1{checked}"
        f"define service {{\n    service_description  s {name}{checked}"
    )


def _said(blocks: list[dict[str, str]]) -> dict[str, Said]:
    return {
        fields["host_name"].removeprefix("h-"): (
            int(fields["current_state"]),
            re.sub(r"(timed out after) \d+\.\d\d", r"\1 2.00", fields["plugin_output"]),
            re.sub(r"\\(.)", lambda match: {"n": "\n"}.get(match[1], match[1]), fields["long_plugin_output"]),
            fields["performance_data"],
        )
        for fields in blocks
    }


@pytest.mark.parametrize("kind", ["service", "host"])
def test_nagios_gives_each_recorded_row(observed: dict[str, dict[str, Said]], kind: str) -> None:
    assert observed[kind] == {row.name: row.service if kind == "service" else row.host for row in ROWS}
