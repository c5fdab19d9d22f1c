"""Small configurations with a name, and what Nagios makes of them.

A case is one text file, `tests/config/cases/NAME.case`: comment lines that say what it shows, then sections.

    --- main                    lines for the main file
    --- file: a.cfg             an object file (`crlf` or `latin-1` after the name change its bytes)
    --- extra: sub/b.cfg        a file that the main file does not name
    --- alone                   without the objects of base.cfg
    --- newer                   says something that Nagios 4.4 does not know; recorded by hand

Beside it stands `NAME.json` with Nagios' verdict and the objects it made that base.cfg alone does not make.
"""

import json
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

CASES = Path(__file__).parent.parent / "config" / "cases"
NAGIOS = shutil.which("nagios4")

Objects = dict[str, list[dict[str, str]]]


@dataclass(slots=True)
class Case:
    """One small configuration."""

    name: str
    main: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    extra: dict[str, bytes] = field(default_factory=dict)
    alone: bool = False
    newer: bool = False

    def write(self, folder: Path) -> Path:
        """Write the configuration into `folder`; return the path of its main file."""
        spool, temp = folder / "spool", folder / "temp"
        spool.mkdir(parents=True)
        temp.mkdir()
        files = dict(self.files)
        if not self.alone:
            files = {"base.cfg": (CASES / "base.cfg").read_bytes(), **files}
        for name, content in (files | self.extra).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.replace(b"@FOLDER@", str(folder).encode()))
        lines = [
            f"log_file={folder}/nagios.log",
            "nagios_user=root",
            "nagios_group=root",
            f"check_result_path={spool}",
            f"temp_path={temp}",
            f"object_cache_file={folder}/objects.cache",
            f"precached_object_file={folder}/objects.precache",
            "illegal_macro_output_chars=`",
            *(f"cfg_file={name}" for name in files),
            *(line.replace("@FOLDER@", str(folder)) for line in self.main),
        ]
        main = folder / "nagios.cfg"
        main.write_bytes("\n".join(lines).encode() + b"\n")
        return main


@dataclass(slots=True)
class Outcome:
    """A verdict and the objects that came out."""

    ok: bool
    objects: Objects

    def beyond(self, base: Objects) -> Objects:
        """Return the objects that `base` does not have, and under `-TYPE` those that are gone."""
        different: Objects = {}
        for kind in sorted(self.objects.keys() | base.keys()):
            mine, theirs = self.objects.get(kind, []), base.get(kind, [])
            new = [made for made in mine if made not in theirs]
            gone = [made for made in theirs if made not in mine]
            if new:
                different[kind] = new
            if gone and self.ok:
                different[f"-{kind}"] = [dict(list(made.items())[:2]) for made in gone]
        return different


def read_case(path: Path) -> Case:
    """Return the case in a file."""
    case = Case(path.stem)
    section, options, lines = "", "", list[str]()

    def close() -> None:
        text = "\n".join(lines) + "\n"
        if section == "main":
            case.main = [line for line in lines if line.strip()]
        elif section:
            where, _, name = section.partition(": ")
            if "crlf" in options:
                text = text.replace("\n", "\r\n")
            content = text.encode("latin-1" if "latin-1" in options else "utf-8")
            (case.files if where == "file" else case.extra)[name] = content

    for line in path.read_text(encoding="utf-8").split("\n"):
        if match := re.fullmatch(r"--- (main|alone|newer|(?:file|extra): \S+)(.*)", line):
            close()
            section, options, lines = match[1], match[2], []
            if section in {"alone", "newer"}:
                setattr(case, section, True)
                section = ""
        elif section:
            lines.append(line)
    close()
    return case


def all_cases() -> list[Path]:
    """Return the files of all cases, by name."""
    return sorted(CASES.glob("*.case"))


def ask_nagios(main: Path) -> Outcome:
    """Return what Debian's nagios4 makes of a main file."""
    assert NAGIOS is not None
    cache = main.parent / "objects.precache"
    cache.unlink(missing_ok=True)
    done = subprocess.run([NAGIOS, "-vp", str(main)], capture_output=True, timeout=60, check=False)
    ok = done.returncode == 0
    return Outcome(ok, read_cache(cache.read_bytes()) if ok and cache.exists() else {})


def read_cache(content: bytes) -> Objects:
    """Return the objects of a Nagios object cache: type to directives, values without trailing blanks."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    found: Objects = {}
    current: dict[str, str] = {}
    for line in text.split("\n"):
        if line.startswith("define "):
            current = {}
            found.setdefault(line.split()[1], []).append(current)
        elif line.startswith("\t") and line.strip() != "}":
            name, _, value = line[1:].partition("\t")
            current[name] = value.rstrip(" ")
    return found


def ask_atalaia(main: Path) -> Outcome:
    """Return what Atalaia makes of a main file."""
    from atalaia.cli.objects import as_json
    from atalaia.config.load import load

    loaded = load(main)
    if loaded.model is None:
        return Outcome(ok=False, objects={})
    made = as_json(loaded.model)
    stripped = {
        kind: [{name: value.rstrip(" ") for name, value in row.items()} for row in rows]
        for kind, rows in made.items()
        if rows
    }
    return Outcome(ok=True, objects=stripped)


def recorded(name: str) -> tuple[bool, Objects]:
    """Return the verdict and the objects that were recorded for a case."""
    content = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return content["ok"], content["objects"]


def record(name: str, ok: bool, objects: Objects) -> None:
    """Write down what Nagios makes of a case."""
    text = json.dumps({"ok": ok, "objects": objects}, indent=0, ensure_ascii=False)
    (CASES / f"{name}.json").write_text(text + "\n", encoding="utf-8")
