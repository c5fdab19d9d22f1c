"""The table of built-in channels."""

from pathlib import Path
from pkgutil import iter_modules

import atalaia.channels
from atalaia.channels import BUILTIN

HERE = Path(__file__)


def test_every_channel_in_the_folder_is_in_the_table() -> None:
    assert {module.name for module in iter_modules(atalaia.channels.__path__)} == set(BUILTIN)


def test_every_channel_lives_in_the_module_of_its_name() -> None:
    for name, channel in BUILTIN.items():
        assert channel.__module__.startswith(f"atalaia.channels.{name}")


def test_every_channel_is_held_to_the_contract() -> None:
    suite = (HERE.parents[1] / "contracts" / "test_channel.py").read_text("utf-8")

    assert [name for name in BUILTIN if f'"{name}":' not in suite] == []


def test_every_channel_is_documented() -> None:
    page = (HERE.parents[2] / "docs" / "reference" / "notifications.md").read_text("utf-8")

    assert [name for name in BUILTIN if f"`{name}`" not in page] == []
