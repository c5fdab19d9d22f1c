"""The house rules that a linter does not know: sizes, and documentation that cannot fall behind."""

import argparse
import ast
from pathlib import Path

import msgspec
import pytest

from atalaia.cli.main import COMMANDS, build_parser
from atalaia.config.settings import NotificationSettings, ServerSettings
from atalaia.core.events import EVENT_TYPES
from atalaia.core.orders import COMMANDS as EXTERNAL_COMMANDS

ROOT = Path(__file__).parents[1]
SOURCES = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py")])
FILE_LINES = 600
FUNCTION_LINES = 60


def docs() -> str:
    return "\n".join(path.read_text() for path in sorted((ROOT / "docs").rglob("*.md")))


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    long = {
        str(path.relative_to(ROOT)): n
        for path in SOURCES
        if (n := len(path.read_text().splitlines())) > FILE_LINES
    }

    assert long == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES
    ]

    assert long == []


def test_every_module_says_what_belongs_in_it() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "src").rglob("*.py"))
        if not ast.get_docstring(ast.parse(path.read_text()))
    ]

    assert silent == []


@pytest.mark.parametrize("module", COMMANDS, ids=lambda module: module.__name__.rpartition(".")[2])
def test_every_command_and_each_of_its_options_is_documented(module: object) -> None:
    name = getattr(module, "__name__", "").rpartition(".")[2]
    text = (ROOT / "docs/reference/command-line.md").read_text()
    actions = build_parser()._subparsers
    assert actions is not None
    choices = next(one.choices for one in actions._group_actions if isinstance(one, argparse._SubParsersAction))
    options = [text for action in choices[name]._actions for text in action.option_strings if text != "-h"]

    section = text.partition(f"## atalaia {name}")[2].partition("\n## ")[0]
    assert section
    assert [one for one in options if one not in section and one != "--help"] == []


def test_every_event_type_is_documented() -> None:
    text = docs()

    assert [one for kind in EVENT_TYPES if f"`{(one := str(kind.__struct_config__.tag))}`" not in text] == []


def test_every_server_setting_is_documented() -> None:
    text = (ROOT / "docs/reference/settings.md").read_text()

    assert [
        field.name
        for table in (ServerSettings, NotificationSettings)
        for field in msgspec.structs.fields(table)
        if f"`{field.name}`" not in text
    ] == []


def test_nothing_in_the_documentation_leads_nowhere() -> None:
    missing = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")]:
        if "node_modules" in page.parts or "var" in page.parts:
            continue
        dead = [target for target in _links(page.read_text()) if not (page.parent / target).exists()]
        missing += [f"{page.relative_to(ROOT)}: {target}" for target in dead]

    assert missing == []


def _links(text: str) -> list[str]:
    found = []
    for part in text.split("](")[1:]:
        target = part.split(")")[0].split("#")[0].strip()
        if target and "://" not in target and not target.startswith("mailto:"):
            found.append(target)
    return found


def test_every_external_command_is_documented() -> None:
    text = (ROOT / "docs/reference/external-commands.md").read_text()
    words = {"ENABLE_", "DISABLE_", "START_", "STOP_"}

    def is_named(name: str) -> bool:
        short = next((f"`…_{name.removeprefix(word)}`" for word in words if name.startswith(word)), "")
        return f"`{name}`" in text or (bool(short) and short in text)

    assert [name for name in EXTERNAL_COMMANDS if not is_named(name)] == []
