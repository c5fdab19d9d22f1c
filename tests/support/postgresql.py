"""A PostgreSQL cluster of a test's own: made, started on a free loopback port and removed by the test run.

Here: finding Debian's server programs and running them as somebody who is not root, which they insist on. Not
here: what is stored.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.production import free_ports

ACCOUNT = "nobody"


def server_programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`: the newest version's, where Debian puts them."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """The URL of a database in a cluster that lives as long as the context."""
    programs = server_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server here: install the package postgresql")
    # Not below pytest's own folder, which nobody else may enter.
    with tempfile.TemporaryDirectory(prefix="atalaia-postgresql-") as name:
        folder = Path(name)
        user = None
        if os.geteuid() == 0:
            user = ACCOUNT
            account = pwd.getpwnam(ACCOUNT)
            os.chown(folder, account.pw_uid, account.pw_gid)

        def run(program: str, *arguments: str) -> None:
            done = subprocess.run(
                [programs / program, "-D", str(folder / "data"), *arguments],
                user=user,
                cwd=folder,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                timeout=60,
                check=False,
            )
            assert done.returncode == 0, done.stderr

        run("initdb", "--no-sync", "--auth=trust", "--username=loja", "--encoding=UTF8", "--locale=C")
        [port] = free_ports(1)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql://loja:segredo@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
