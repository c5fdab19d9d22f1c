"""Starting one child process: pipes, environment, program search. Knows nothing of jobs and results."""

import errno
import os
import shutil
import signal
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

SHELL = "/bin/sh"
_ENVIRONMENTS = 64
"""Prepared environments that are kept; more distinct ones than this start over."""

_ALL_SIGNALS = tuple(int(number) for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP})


class Launched(NamedTuple):
    """A child that runs. The caller owns the three descriptors and must reap the process."""

    pid: int
    """Also the number of its process group."""
    pidfd: int
    stdout: int
    """Reading end, non-blocking."""
    stderr: int


class Launcher:
    """Starts programs as execvp would find them, each in a process group of its own.

    A child gets /dev/null as standard input, pipes as the other two streams, default signal dispositions
    (Python ignores SIGPIPE, plugins must not), no blocked signals and no other descriptor of ours.

    Starting blocks until the kernel has loaded the program: a few hundred microseconds, longer when the
    program lies on a slow network file system.

    Raises:
        RuntimeError: the kernel or the C library is too old for pidfd_open (Linux 5.3).
    """

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        _require_pidfd()
        _keep_descriptors_private()
        _ensure_exit_statuses_are_kept()
        self._base = {
            os.fsencode(name): os.fsencode(value)
            for name, value in (os.environ if environment is None else environment).items()
        }
        self._environments: dict[tuple[tuple[str, str], ...], dict[bytes, bytes]] = {}
        self._null = os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC)

    def start(self, argv: tuple[str, ...], env: Mapping[str, str]) -> Launched:
        """Runs `argv`, its first word searched on PATH when it has no slash.

        A file that the kernel cannot execute (a script without ``#!``) is given to /bin/sh, as execvp does.

        Raises:
            OSError: it was not started; nothing is left behind.
            ValueError: an argument or a variable cannot be passed to a program (it holds a NUL byte …).
        """
        environment = self._environment(env) if env else self._base
        out_read, out_write = os.pipe2(os.O_CLOEXEC)
        try:
            err_read, err_write = os.pipe2(os.O_CLOEXEC)
        except OSError:
            os.close(out_read)
            os.close(out_write)
            raise
        try:
            pid = self._spawn(argv, environment, out_write, err_write)
        except (OSError, ValueError):
            os.close(out_read)
            os.close(err_read)
            raise
        finally:
            os.close(out_write)
            os.close(err_write)
        try:
            # Only our end may be non-blocking: the flag belongs to each end, and plugins expect to block.
            os.set_blocking(out_read, False)
            os.set_blocking(err_read, False)
            return Launched(pid, os.pidfd_open(pid), out_read, err_read)
        except OSError:
            os.close(out_read)
            os.close(err_read)
            os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            raise

    def close(self) -> None:
        """Lets go of /dev/null."""
        os.close(self._null)

    def _spawn(self, argv: tuple[str, ...], environment: Mapping[bytes, bytes], out: int, err: int) -> int:
        actions = (
            (os.POSIX_SPAWN_DUP2, self._null, 0),
            (os.POSIX_SPAWN_DUP2, out, 1),
            (os.POSIX_SPAWN_DUP2, err, 2),
        )
        if not argv[0]:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        try:
            return _posix_spawn(argv, environment, actions)
        except OSError as error:
            if error.errno != errno.ENOEXEC:
                raise
        found = argv[0] if "/" in argv[0] else shutil.which(argv[0]) or argv[0]
        return _posix_spawn((SHELL, found, *argv[1:]), environment, actions)

    def _environment(self, env: Mapping[str, str]) -> dict[bytes, bytes]:
        key = tuple(env.items())
        prepared = self._environments.get(key)
        if prepared is None:
            if len(self._environments) >= _ENVIRONMENTS:
                self._environments.clear()
            added = {os.fsencode(name): os.fsencode(value) for name, value in key}
            prepared = self._environments[key] = self._base | added
        return prepared


def _posix_spawn(
    argv: tuple[str, ...], environment: Mapping[bytes, bytes], actions: tuple[tuple[int, int, int], ...]
) -> int:
    return os.posix_spawnp(
        argv[0],
        argv,
        environment,
        file_actions=actions,
        setpgroup=0,
        setsigmask=(),
        setsigdef=_ALL_SIGNALS,
    )


def _require_pidfd() -> None:
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError) as error:
        message = f"Running commands needs pidfd_open (Linux 5.3 or newer), which fails here: {error}"
        raise RuntimeError(message) from error


def _keep_descriptors_private() -> None:
    """Marks what our own parent left open in us as not to be handed on; Python's own descriptors are so.

    Also fills gaps among the first three descriptors: a pipe there would be overwritten in the child.
    """
    while (fd := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(fd, True)
    os.close(fd)
    for entry in list(Path("/proc/self/fd").iterdir()):
        if int(entry.name) > 2:
            with suppress(OSError):  # the listing's own descriptor is gone by now
                os.set_inheritable(int(entry.name), False)


def _ensure_exit_statuses_are_kept() -> None:
    """A parent that ignores SIGCHLD hands that on to us, and the kernel would throw exit statuses away."""
    if signal.getsignal(signal.SIGCHLD) is signal.SIG_IGN:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
