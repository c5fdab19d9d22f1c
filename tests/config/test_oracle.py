"""The same verdict and the same objects as Debian's nagios4, asked now."""

import shutil
from pathlib import Path

import pytest

from support.config_cases import NAGIOS, Case, all_cases, ask_atalaia, ask_nagios, read_case

pytestmark = [
    pytest.mark.oracle,
    pytest.mark.skipif(NAGIOS is None, reason="nagios4 is not installed"),
]

DEBIAN = Path("/etc/nagios4")
SAMPLE = Path(__file__).parent / "sample"


# Debian's nagios4 is 4.4: what only 4.5 understands is left to the recordings
OLD_ENOUGH = [path for path in all_cases() if not read_case(path).newer]


@pytest.mark.parametrize("path", OLD_ENOUGH, ids=lambda path: path.stem)
def test_a_case_comes_out_as_in_nagios4(path: Path, tmp_path: Path) -> None:
    main = read_case(path).write(tmp_path / "case")

    assert ask_atalaia(main) == ask_nagios(main)


def _debian_main(folder: Path, *more: str) -> Path:
    """Return Debian's sample main file with paths and users of this test."""
    ours = Case("ours", alone=True).write(folder)
    taken = ("log_file", "nagios_user", "nagios_group", "check_result_path", "temp_path", "object_cache_file",
             "precached_object_file")  # fmt: skip
    lines = (DEBIAN / "nagios.cfg").read_text().splitlines()
    kept = [line for line in lines if line.partition("=")[0] not in taken]
    ours.write_text("\n".join([*ours.read_text().splitlines(), *kept, *more]) + "\n")
    return ours


@pytest.mark.parametrize("more", [(), ("windows.cfg", "printer.cfg", "switch.cfg")], ids=["main", "all"])
def test_debians_sample_comes_out_as_in_nagios4(more: tuple[str, ...], tmp_path: Path) -> None:
    if not (DEBIAN / "nagios.cfg").exists():
        pytest.skip("Debian's sample configuration is not installed")
    main = _debian_main(tmp_path / "debian", *(f"cfg_file={DEBIAN}/objects/{name}" for name in more))

    mine, theirs = ask_atalaia(main), ask_nagios(main)

    # printer.cfg and its kin need commands of plugins that a machine may lack: then both must say no.
    assert theirs.ok or more
    assert mine == theirs


def test_a_configuration_in_many_files_comes_out_as_in_nagios4(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "case" / "objects")
    main = Case("sample", alone=True, main=["cfg_dir=objects", "resource_file=objects/resource.txt"]).write(
        tmp_path / "case" / "main"
    )
    main.write_text(main.read_text().replace("=objects", f"={tmp_path}/case/objects"))

    mine, theirs = ask_atalaia(main), ask_nagios(main)

    assert theirs.ok
    assert mine == theirs
