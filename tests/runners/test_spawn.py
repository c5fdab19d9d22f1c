"""Real processes: what they print, how they end, and that nothing of them stays."""

import asyncio
import errno
import os
import signal
import stat
import sys
import time
from pathlib import Path

import pytest

from atalaia.ports.runner import Job
from atalaia.runners import spawn
from atalaia.runners.spawn import SpawnRunner
from support.running import RealClock, begin, children, result_of, shell


def executable(path: Path, text: str) -> str:
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def alive(pid: int) -> bool:
    """A zombie is not alive: whoever adopted it reaps it in its own time."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


async def gone(pid: int) -> bool:
    """Whether the process disappears within some seconds."""
    for _ in range(500):
        if not alive(pid):
            return True
        await asyncio.sleep(0.01)
    return False


async def number_in(path: Path) -> int:
    """The number that a script writes into a file, as soon as it is there."""
    while not path.exists() or not path.read_text().endswith("\n"):
        await asyncio.sleep(0.01)
    return int(path.read_text())


# --- how a process ends -------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [0, 1, 2, 3, 4, 126, 127, 128, 255])
async def test_every_exit_code_comes_back(runner: SpawnRunner, code: int) -> None:
    result = await shell(runner, f"exit {code}")

    assert (result.exit_code, result.signal, result.timed_out) == (code, 0, False)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGSEGV, signal.SIGKILL])
async def test_the_signal_that_ended_a_process_comes_back(runner: SpawnRunner, number: signal.Signals) -> None:
    result = await shell(runner, f"ulimit -c 0; kill -{number.value} $$")

    assert (result.signal, result.exit_code) == (number, 0)


async def test_a_shell_whose_command_was_killed_reports_128_and_the_signal(runner: SpawnRunner) -> None:
    result = await shell(runner, "sh -c 'kill -9 $$'; exit $?")

    assert (result.exit_code, result.signal) == (137, 0)


async def test_output_before_a_signal_is_kept(runner: SpawnRunner) -> None:
    result = await shell(runner, "echo so far; kill -9 $$")

    assert (result.stdout, result.signal) == (b"so far\n", 9)


async def test_without_argv_the_line_goes_to_the_shell(runner: SpawnRunner) -> None:
    result = await shell(runner, "echo a b | tr a-z A-Z")

    assert result.stdout == b"A B\n"


async def test_with_argv_no_shell_looks_at_the_words(runner: SpawnRunner) -> None:
    result = await result_of(runner, "/bin/echo", "a b", "$HOME", "|", "`id`", "*")

    assert result.stdout == b"a b $HOME | `id` *\n"


# --- how a process is started -------------------------------------------------------------------------------


async def test_a_program_without_a_slash_is_searched_on_path(runner: SpawnRunner) -> None:
    result = await result_of(runner, "true")

    assert (result.exit_code, result.stderr) == (0, b"")


async def test_a_missing_program_on_path_is_reported_in_nagios_words(runner: SpawnRunner) -> None:
    result = await result_of(runner, "check_that_nobody_has")

    assert (result.exit_code, result.own_trouble) == (errno.ENOENT, False)
    assert (
        result.stderr == b"execvp(check_that_nobody_has, ...) failed. errno is 2: No such file or directory\n"
    )


async def test_a_file_that_is_not_executable_ends_with_eacces(runner: SpawnRunner, tmp_path: Path) -> None:
    path = tmp_path / "plugin"
    path.write_text("#!/bin/sh\n")
    result = await result_of(runner, str(path))

    assert result.exit_code == errno.EACCES
    assert result.stderr == f"execvp({path}, ...) failed. errno is 13: Permission denied\n".encode()


async def test_a_directory_as_program_ends_with_eacces(runner: SpawnRunner, tmp_path: Path) -> None:
    assert (await result_of(runner, str(tmp_path))).exit_code == errno.EACCES


async def test_a_file_as_directory_ends_with_enotdir(runner: SpawnRunner) -> None:
    assert (await result_of(runner, "/bin/true/x")).exit_code == errno.ENOTDIR


async def test_an_empty_program_name_ends_with_enoent(runner: SpawnRunner) -> None:
    assert (await result_of(runner, "", "-x")).exit_code == errno.ENOENT


async def test_a_missing_interpreter_ends_with_enoent(runner: SpawnRunner, tmp_path: Path) -> None:
    path = executable(tmp_path / "plugin", "#!/nowhere/perl\n")

    assert (await result_of(runner, path)).exit_code == errno.ENOENT


async def test_a_script_without_an_interpreter_line_is_run_by_the_shell(
    runner: SpawnRunner, tmp_path: Path
) -> None:
    path = executable(tmp_path / "plugin", 'echo "$0 $1 $#"; exit 1\n')
    result = await result_of(runner, path, "a b", "c")

    assert (result.exit_code, result.stdout) == (1, f"{path} a b 2\n".encode())


async def test_a_script_without_an_interpreter_line_is_found_on_path(
    runner: SpawnRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = executable(tmp_path / "check_plain_script", 'echo "$0"\n')
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    result = await result_of(runner, "check_plain_script")

    assert result.stdout == f"{path}\n".encode()


async def test_an_argument_with_a_nul_byte_is_a_result_too(runner: SpawnRunner) -> None:
    assert (await result_of(runner, "/bin/echo", "a\0b")).exit_code == errno.EINVAL


async def test_arguments_that_are_too_long_are_a_result_too(runner: SpawnRunner) -> None:
    assert (await result_of(runner, "/bin/echo", "x" * 5_000_000)).exit_code == errno.E2BIG


async def test_bytes_that_are_no_utf8_reach_the_program_unchanged(runner: SpawnRunner) -> None:
    result = await result_of(runner, "/bin/echo", b"x\xe9".decode("utf-8", "surrogateescape"))

    assert result.stdout == b"x\xe9\n"


async def test_too_many_open_files_are_a_result_and_one_warning(
    clock: RealClock, capsys: pytest.CaptureFixture[str]
) -> None:
    # In a process of its own: the limit must not hit the tests' own machinery.
    code = (
        "import asyncio, resource, sys\n"
        "from support.running import RealClock, result_of\n"
        "from atalaia.runners.spawn import SpawnRunner\n"
        "async def main():\n"
        "    runner = SpawnRunner(RealClock(), asyncio.get_running_loop())\n"
        "    free = max(map(int, __import__('os').listdir('/proc/self/fd')))\n"
        "    resource.setrlimit(resource.RLIMIT_NOFILE, (free + 1, free + 1))\n"
        "    results = [await result_of(runner, '/bin/true') for _ in range(3)]\n"
        "    await runner.close(0)\n"
        "    print('results', [(r.exit_code, r.own_trouble) for r in results])\n"
        "asyncio.run(main())\n"
    )
    outer = SpawnRunner(clock, asyncio.get_running_loop())
    result = await result_of(outer, sys.executable, "-c", code, PYTHONPATH=os.pathsep.join(sys.path))
    await outer.close(0)
    text = (result.stdout + result.stderr).decode()

    assert f"results {[(errno.EMFILE, True)] * 3}" in text, text
    assert text.count("commands cannot be started") == 1


# --- what a process inherits --------------------------------------------------------------------------------


async def test_the_servers_environment_is_passed_on(
    tmp_path: Path, clock: RealClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FROM_SERVER", "yes")
    runner = SpawnRunner(clock, asyncio.get_running_loop())
    result = await shell(runner, 'echo "$FROM_SERVER"')
    await runner.close(0)

    assert result.stdout == b"yes\n"


async def test_a_jobs_variables_are_added_and_win(runner: SpawnRunner) -> None:
    result = await shell(runner, 'echo "$HOME $NAGIOS_HOSTNAME"', HOME="/h", NAGIOS_HOSTNAME="db 1")

    assert result.stdout == b"/h db 1\n"


async def test_variables_of_one_job_do_not_reach_another(runner: SpawnRunner) -> None:
    await shell(runner, "true", ONLY_HERE="1")

    assert (await shell(runner, 'echo "[$ONLY_HERE]"')).stdout == b"[]\n"


async def test_many_distinct_environments_are_told_apart(runner: SpawnRunner) -> None:
    results = [await shell(runner, 'echo "$N"', N=str(number)) for number in range(150)]

    assert [int(result.stdout) for result in results] == list(range(150))


async def test_standard_input_is_empty(runner: SpawnRunner) -> None:
    assert (await result_of(runner, "/bin/cat")).stdout == b""


async def test_the_child_leads_a_process_group_of_its_own(runner: SpawnRunner) -> None:
    result = await shell(runner, "echo $$; ps -o pgid= -p $$ 2>/dev/null || cut -d' ' -f5 /proc/$$/stat")
    pid, group = result.stdout.split()

    assert pid == group != str(os.getpgrp()).encode()


async def test_signals_that_python_ignores_have_their_default_effect_in_the_child(runner: SpawnRunner) -> None:
    result = await result_of(runner, "/bin/grep", "-E", "^Sig(Ign|Blk)", "/proc/self/status")
    reserved = 0b11 << 31  # signals 32 and 33: the C library keeps them to itself and ignores them in a child

    assert [int(line.split()[1], 16) & ~reserved for line in result.stdout.splitlines()] == [0, 0]


async def test_a_closed_pipe_ends_a_plugin_quietly(runner: SpawnRunner) -> None:
    result = await shell(runner, "yes | head -1")

    assert (result.stdout, result.stderr) == (b"y\n", b"")


async def test_descriptors_that_the_server_got_from_its_parent_are_not_passed_on(clock: RealClock) -> None:
    read, write = os.pipe()
    os.set_inheritable(write, True)
    runner = SpawnRunner(clock, asyncio.get_running_loop())
    result = await shell(runner, f"ls /proc/self/fd; test -e /proc/self/fd/{write}")
    await runner.close(0)
    os.close(read)
    os.close(write)

    assert result.exit_code == 1, result.stdout


async def test_the_child_may_block_on_its_own_output(runner: SpawnRunner) -> None:
    code = "import os; print(os.get_blocking(1), os.get_blocking(2))"

    assert (await result_of(runner, sys.executable, "-c", code)).stdout == b"True True\n"


# --- output -------------------------------------------------------------------------------------------------


async def test_nul_bytes_and_binary_output_come_back_unchanged(runner: SpawnRunner) -> None:
    result = await shell(runner, r"printf 'a\000b\377\n'")

    assert result.stdout == b"a\0b\xff\n"


async def test_output_up_to_the_limit_is_whole(runner: SpawnRunner) -> None:
    result = await shell(runner, "head -c 65536 /dev/zero; head -c 65536 /dev/zero >&2")

    assert (len(result.stdout), len(result.stderr), result.truncated) == (65536, 65536, False)


async def test_one_byte_more_is_cut_and_said_to_be(runner: SpawnRunner) -> None:
    result = await shell(runner, "head -c 65537 /dev/zero")

    assert (len(result.stdout), result.truncated) == (65536, True)


async def test_megabytes_on_both_streams_do_not_block_the_plugin(runner: SpawnRunner) -> None:
    result = await shell(runner, "head -c 5000000 /dev/zero >&2; head -c 5000000 /dev/zero; exit 1")

    assert (result.exit_code, len(result.stdout), len(result.stderr)) == (1, 65536, 65536)


async def test_a_plugin_that_closes_its_output_early_runs_on(runner: SpawnRunner) -> None:
    result = await shell(runner, "echo x; exec 1>&- 2>&-; sleep 0.1; exit 2")

    assert (result.exit_code, result.stdout) == (2, b"x\n")


async def test_a_plugin_that_prints_for_ever_is_stopped_by_its_timeout(runner: SpawnRunner) -> None:
    result = await result_of(runner, "yes", timeout=0.3)

    assert (result.timed_out, len(result.stdout), result.truncated) == (True, 65536, True)


async def test_an_endless_printer_leaves_the_loop_to_others(runner: SpawnRunner) -> None:
    endless = begin(runner, Job(argv=("yes",), timeout=1.0))
    others = [await shell(runner, "echo ok") for _ in range(5)]

    assert [other.stdout for other in others] == [b"ok\n"] * 5
    assert (await endless).timed_out


# --- time-outs and what is left behind ----------------------------------------------------------------------


async def test_a_timeout_ends_the_whole_group_even_if_it_ignores_sigterm(
    runner: SpawnRunner, tmp_path: Path
) -> None:
    result = await shell(
        runner, f"trap '' TERM; (trap '' TERM; sleep 600 & echo $! > {tmp_path}/pid; wait) & wait", timeout=0.5
    )

    assert result.timed_out
    assert await gone(await number_in(tmp_path / "pid"))


async def test_output_before_a_timeout_is_in_the_result(runner: SpawnRunner) -> None:
    result = await shell(runner, "echo partly; sleep 600", timeout=0.3)

    assert (result.timed_out, result.stdout) == (True, b"partly\n")


async def test_a_child_that_left_its_group_is_killed_at_the_timeout(
    runner: SpawnRunner, tmp_path: Path
) -> None:
    code = (
        "import os, sys, time; os.setpgid(0, os.getpgid(os.getppid()));"
        f"open('{tmp_path}/pid', 'w').write(f'{{os.getpid()}}\\n'); time.sleep(600)"
    )
    result = await result_of(runner, sys.executable, "-c", code, timeout=1.0)

    assert result.timed_out
    assert await gone(await number_in(tmp_path / "pid"))


async def test_a_grandchild_that_keeps_the_pipes_does_not_delay_the_result(
    runner: SpawnRunner, tmp_path: Path
) -> None:
    result = await shell(
        runner, f"(trap '' TERM; exec setsid sleep 600) & echo $! > {tmp_path}/pid; echo done; exit 1"
    )
    daemon = await number_in(tmp_path / "pid")
    survived = alive(daemon)
    os.kill(daemon, signal.SIGKILL)

    assert (result.exit_code, result.stdout, result.timed_out) == (1, b"done\n", False)
    assert survived


async def test_a_grandchild_that_prints_for_ever_does_not_delay_the_result(
    runner: SpawnRunner, tmp_path: Path
) -> None:
    result = await shell(runner, f"yes & echo $! > {tmp_path}/pid; sleep 0.1; exit 1")

    assert result.exit_code == 1
    assert await gone(await number_in(tmp_path / "pid"))  # by SIGPIPE


async def test_a_process_that_cannot_be_killed_is_reported_as_timed_out_and_reaped_later(
    runner: SpawnRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Stands for a process that hangs in the kernel: signals do not reach it.
    monkeypatch.setattr(spawn, "KILL_GRACE", 0.1)
    monkeypatch.setattr(spawn._Process, "kill", lambda process: None)
    result = await result_of(runner, "/bin/sleep", "0.6", timeout=0.1)
    running = runner.running
    unreaped = len(runner._processes)
    await asyncio.sleep(0.7)

    assert (result.timed_out, running, unreaped) == (True, 0, 1)
    assert len(runner._processes) == 0


async def test_a_process_that_ended_in_time_is_no_timeout_however_late_the_loop_is(runner: SpawnRunner) -> None:
    future = begin(runner, Job(command_line="echo ok", timeout=0.3))
    time.sleep(0.6)

    assert (await future).timed_out is False


async def test_an_end_that_the_timer_hears_of_first_is_no_timeout(runner: SpawnRunner) -> None:
    # As when more processes have ended than one look at the descriptors takes in.
    future = begin(runner, Job(command_line="echo ok", timeout=60))
    (number,) = runner._processes
    time.sleep(0.5)
    runner._deadlines.forget(number)
    runner._expired(number)
    result = await future

    assert (result.timed_out, result.stdout) == (False, b"ok\n")


async def test_jobs_time_out_in_the_order_of_their_deadlines(runner: SpawnRunner) -> None:
    order: list[float] = []
    waiting = []
    for timeout in (0.5, 0.1, 0.3):
        future = begin(runner, Job(argv=("/bin/sleep", "600"), timeout=timeout))
        future.add_done_callback(lambda _, timeout=timeout: order.append(timeout))  # type: ignore[misc]
        waiting.append(future)
    await asyncio.wait(waiting)

    assert order == [0.1, 0.3, 0.5]


async def test_all_jobs_share_one_loop_timer(runner: SpawnRunner) -> None:
    loop = asyncio.get_running_loop()
    before = len(loop._scheduled)  # type: ignore[attr-defined]
    waiting = [begin(runner, Job(argv=("/bin/sleep", "0.2"), timeout=60.0)) for _ in range(20)]
    timers = len(loop._scheduled) - before  # type: ignore[attr-defined]
    await asyncio.wait(waiting)

    assert timers == 1


async def test_five_hundred_at_once(runner: SpawnRunner) -> None:
    waiting = [begin(runner, Job(command_line=f"sleep 0.2; echo {n}", timeout=60)) for n in range(500)]
    await asyncio.wait(waiting)

    assert [int(future.result().stdout) for future in waiting] == list(range(500))


async def test_nothing_accumulates_over_many_jobs(runner: SpawnRunner) -> None:
    for _ in range(300):
        await result_of(runner, "/bin/true", timeout=60)

    assert (len(runner._processes), len(runner._watched)) == (0, 0)
    assert runner._deadlines.entries < 100


async def test_the_wall_clock_may_jump_without_changing_a_duration(
    runner: SpawnRunner, clock: RealClock
) -> None:
    future = begin(runner, Job(argv=("/bin/sleep", "0.1"), timeout=9))
    clock.offset = -3600.0
    result = await future

    assert 0.09 <= result.finished - result.started < 60


# --- the end ------------------------------------------------------------------------------------------------


async def test_close_leaves_no_process_of_a_group(runner: SpawnRunner, tmp_path: Path) -> None:
    begin(runner, Job(command_line=f"sleep 600 & echo $! > {tmp_path}/pid; wait", timeout=600))
    grandchild = await number_in(tmp_path / "pid")
    await runner.close(0)

    assert await gone(grandchild)


async def test_a_cancelled_close_leaves_no_process(runner: SpawnRunner, tmp_path: Path) -> None:
    future = begin(runner, Job(command_line=f"echo $$ > {tmp_path}/pid; exec sleep 600", timeout=600))
    child = await number_in(tmp_path / "pid")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await runner.close(600)
    await asyncio.sleep(0)

    assert not alive(child)
    assert future.result().signal == signal.SIGKILL


def test_a_loop_that_stops_without_close_leaves_no_process(tmp_path: Path) -> None:
    loop = asyncio.new_event_loop()
    runner = SpawnRunner(RealClock(), loop)
    pid_file = tmp_path / "pid"

    async def start_only() -> int:
        begin(runner, Job(command_line=f"echo $$ > {pid_file}; exec sleep 600", timeout=600))
        return await number_in(pid_file)

    child = loop.run_until_complete(start_only())
    loop.close()
    runner._end_all()  # what the interpreter does at its end, and the collector before
    runner._epoll.close()
    runner._launcher.close()

    assert not Path(f"/proc/{child}").exists()


async def test_a_server_that_ends_without_close_takes_its_children_along(
    runner: SpawnRunner, tmp_path: Path
) -> None:
    code = (
        "import asyncio\n"
        "from support.running import RealClock, begin\n"
        "from atalaia.ports.runner import Job\n"
        "from atalaia.runners.spawn import SpawnRunner\n"
        "async def main():\n"
        "    runner = SpawnRunner(RealClock(), asyncio.get_running_loop())\n"
        f"    begin(runner, Job(command_line='echo $$ > {tmp_path}/pid; exec sleep 600', timeout=600))\n"
        "    await asyncio.sleep(0.3)\n"
        "asyncio.run(main())\n"
    )
    result = await result_of(runner, sys.executable, "-c", code, PYTHONPATH=os.pathsep.join(sys.path))

    assert result.exit_code == 0, result.stderr
    assert await gone(await number_in(tmp_path / "pid"))


async def test_a_fork_of_the_server_that_ends_leaves_running_jobs_alone(runner: SpawnRunner) -> None:
    code = (
        "import asyncio, os, sys\n"
        "from support.running import RealClock, begin\n"
        "from atalaia.ports.runner import Job\n"
        "from atalaia.runners.spawn import SpawnRunner\n"
        "async def main():\n"
        "    runner = SpawnRunner(RealClock(), asyncio.get_running_loop())\n"
        "    job = begin(runner, Job(argv=('/bin/sleep', '0.5'), timeout=600))\n"
        "    if (pid := os.fork()) == 0:\n"
        "        import atexit; atexit._run_exitfuncs(); os._exit(0)\n"
        "    os.waitpid(pid, 0)\n"
        "    print((await job).signal)\n"
        "asyncio.run(main())\n"
    )
    result = await result_of(runner, sys.executable, "-c", code, PYTHONPATH=os.pathsep.join(sys.path))

    assert result.stdout == b"0\n", result.stderr


async def test_close_does_not_wait_long_for_a_process_that_was_given_up(
    runner: SpawnRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spawn, "KILL_GRACE", 0.1)
    monkeypatch.setattr(spawn._Process, "kill", lambda process: None)
    await result_of(runner, "/bin/sleep", "1", timeout=0.1)
    before = time.monotonic()
    await runner.close(60)

    assert time.monotonic() - before < 30


async def test_an_exit_status_that_somebody_else_took_is_said_to_be_lost(runner: SpawnRunner) -> None:
    future = begin(runner, Job(command_line="exit 1", timeout=9))
    os.waitpid(next(iter(runner._processes.values())).pid, 0)
    result = await future

    assert result.exit_code == errno.ECHILD
    assert b"exit status of this command was lost" in result.stderr


async def test_a_kernel_without_pidfd_is_refused_at_once(
    clock: RealClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(pid: int) -> int:
        raise OSError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr(os, "pidfd_open", missing)

    with pytest.raises(RuntimeError, match=r"Linux 5\.3"):
        SpawnRunner(clock, asyncio.get_running_loop())


def test_it_works_on_uvloop_too(clock: RealClock) -> None:
    before = children()  # other tests' servers may be among them
    uvloop = pytest.importorskip("uvloop", reason="the optional faster loop is not installed")

    async def work() -> tuple[int, bool, int]:
        runner = SpawnRunner(clock, asyncio.get_running_loop())
        many = [begin(runner, Job(command_line=f"echo {n}", timeout=20)) for n in range(50)]
        await asyncio.wait(many)
        slow = await shell(runner, "sleep 600", timeout=0.1)
        killed = begin(runner, Job(argv=("/bin/sleep", "600"), timeout=900))
        await runner.close(0.1)
        return sum(int(future.result().stdout) for future in many), slow.timed_out, killed.result().signal

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop_runner:
        assert loop_runner.run(work()) == (1225, True, 9)

    assert children() == before
