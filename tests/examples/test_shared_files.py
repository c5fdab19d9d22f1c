"""What several images share is copied into each build context; originals and copies must not drift apart."""

import re
import subprocess
from pathlib import Path

import pytest

from support.production import PRODUCTION

IMAGE_LISTS = sorted(path for path in PRODUCTION.rglob("requirements.txt") if path.parent != PRODUCTION)


def versions(path: Path) -> dict[str, str]:
    """The pinned versions in a list, by package."""
    return dict(re.findall(r"^([\w.-]+)==(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE))


def test_every_copy_is_what_its_original_is() -> None:
    done = subprocess.run([PRODUCTION / "share", "--check"], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("path", IMAGE_LISTS, ids=lambda path: str(path.parent.relative_to(PRODUCTION)))
def test_an_image_has_the_versions_that_local_processes_have(path: Path) -> None:
    everywhere = versions(PRODUCTION / "requirements.txt")

    different = {name: pin for name, pin in versions(path).items() if everywhere.get(name) != pin}

    assert different == {}


def test_every_dockerfile_can_be_built_on_another_base() -> None:
    root = PRODUCTION.parents[1]
    dockerfiles = [root / "Dockerfile", *sorted(PRODUCTION.glob("*/Dockerfile*"))]

    fixed = [
        str(path.relative_to(root))
        for path in dockerfiles
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("FROM ") and not line.startswith("FROM ${BASE_IMAGE}")
    ]

    assert len(dockerfiles) == 9
    assert fixed == []
