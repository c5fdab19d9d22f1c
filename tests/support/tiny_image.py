"""A container image made here from this machine's own shell: no registry, no build, a third of a second.

It is named by a hash of what is in it, so it is made once and a changed one is another; it stays, like a cache.
"""

import functools
import hashlib
import io
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

PROGRAMS = ("sh", "sleep", "cat")
FOLDERS = ("tmp", "etc", "data")


def _files() -> dict[str, Path]:
    """Where each file is to be, and where it comes from: the programs and the libraries that they load."""
    files = {}
    for name in PROGRAMS:
        program = shutil.which("dash" if name == "sh" else name) or shutil.which(name)
        assert program, f"this machine has no {name}"
        files[f"bin/{name}"] = Path(program).resolve()
        listed = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
        files |= {found.lstrip("/"): Path(found).resolve() for found in re.findall(r"(/\S+) \(0x", listed)}
    return files


def _archive(files: dict[str, Path]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for folder in FOLDERS:
            entry = tarfile.TarInfo(folder)
            entry.type, entry.mode = tarfile.DIRTYPE, 0o777
            archive.addfile(entry)
        for name, source in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.mode, entry.size = 0o755, source.stat().st_size
            with source.open("rb") as content:
                archive.addfile(entry, content)
    return buffer.getvalue()


@functools.cache
def tiny_image() -> str:
    """The name of an image with sh, sleep and cat; its command is to sleep."""
    archive = _archive(_files())
    name = f"atalaia-tests/tiny:{hashlib.sha256(archive).hexdigest()[:12]}"
    if subprocess.run(["docker", "image", "inspect", name], capture_output=True, check=False).returncode:
        subprocess.run(
            ["docker", "import", "--change", 'CMD ["sleep", "1000000"]', "-", name],
            input=archive,
            capture_output=True,
            check=True,
        )
    return name
