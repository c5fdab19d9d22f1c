"""`atalaia run` as a user meets it: what it says when it cannot start, signals, reload, and bad plugins."""

import signal
import socket
from pathlib import Path

import pytest

from support.server_process import ServerProcess, atalaia, write_config

pytestmark = pytest.mark.slow


def test_a_broken_configuration_is_shown_with_file_and_line(tmp_path: Path) -> None:
    main = write_config(tmp_path, ("ok", "/bin/true"))
    objects = tmp_path / "objects.cfg"
    objects.write_text(objects.read_text() + "define service {\n hots_name web\n}\n")

    done = atalaia("run", main, "--data", tmp_path / "data")

    assert done.returncode == 1
    assert f"{objects}:" in done.stderr
    assert "hots_name" in done.stderr
    assert "atalaia verify" in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_missing_configuration_is_a_sentence(tmp_path: Path) -> None:
    done = atalaia("run", tmp_path / "nowhere.cfg", "--data", tmp_path / "data")

    assert done.returncode == 1
    assert "nowhere.cfg" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_port_is_a_sentence_that_names_it_and_the_option(tmp_path: Path) -> None:
    main = write_config(tmp_path, ("ok", "/bin/true"))
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        done = atalaia("run", main, "--data", tmp_path / "data", "--listen", f"127.0.0.1:{port}")

    assert done.returncode == 1
    assert str(port) in done.stderr
    assert "--listen" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_data_folder_that_cannot_be_one_is_a_sentence(tmp_path: Path) -> None:
    main = write_config(tmp_path, ("ok", "/bin/true"))
    (tmp_path / "data").write_text("a file")

    done = atalaia("run", main, "--data", tmp_path / "data")

    assert done.returncode == 1
    assert str(tmp_path / "data") in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_key_in_the_settings_is_a_sentence(tmp_path: Path) -> None:
    main = write_config(tmp_path, ("ok", "/bin/true"))
    (tmp_path / "atalaia.toml").write_text('[mail]\nsender = "a@example.org"\nhots = "x"\n')

    done = atalaia("run", main, "--data", tmp_path / "data", "--listen", "127.0.0.1:0")

    assert done.returncode == 1
    assert "hots" in done.stderr


def test_a_second_server_on_the_same_data_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    main = write_config(tmp_path, ("ok", "/bin/true"))
    with ServerProcess(main, tmp_path / "data") as first:
        done = atalaia("run", main, "--data", tmp_path / "data", "--listen", "127.0.0.1:0")

        assert done.returncode == 1
        assert str(first.process.pid) in done.stderr
        assert first.get("/api/v1/status")["hosts"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_a_signal_ends_it_in_order(tmp_path: Path, number: signal.Signals) -> None:
    main = write_config(tmp_path, ("ok", "/bin/true"))
    with ServerProcess(main, tmp_path / "data") as server:
        server.wait("it was checked", lambda: server.get("/api/v1/services/web/ok")["state"] == "OK")

        assert server.end(number) == 0


def test_a_reload_takes_up_what_is_new_and_refuses_what_is_wrong(tmp_path: Path) -> None:
    main = write_config(tmp_path, ("ok", "/bin/true"))
    with ServerProcess(main, tmp_path / "data") as server:
        server.wait("it was checked", lambda: server.get("/api/v1/services/web/ok")["state"] == "OK")
        write_config(tmp_path, ("ok", "/bin/true"), ("more", "/bin/true"))
        server.process.send_signal(signal.SIGHUP)
        server.wait("the new one is there", lambda: server.get("/api/v1/status")["services"]["OK"] == 2)

        (tmp_path / "objects.cfg").write_text("define nonsense {\n}\n")
        server.process.send_signal(signal.SIGHUP)
        server.wait("the error is shown", lambda: bool(server.get("/api/v1/status")["config"]["last_error"]))

        assert server.get("/api/v1/status")["services"]["OK"] == 2
        kinds = [one["type"] for one in server.get("/api/v1/events?limit=500")["items"]]
        assert "configuration_loaded" in kinds
        assert "configuration_rejected" in kinds


BAD_PLUGINS = {
    "missing": "/nowhere/check_x",
    "megabytes": "head -c 8000000 /dev/zero | tr '\\0' x",
    "nothing": "/bin/true",
    "nul": "printf 'OK\\0hidden'",
    "endless": "/usr/bin/yes",
    "hangs": "/bin/sleep 1000",
    "binary": "head -c 3000 /dev/urandom",
    "out-of-bounds": "/bin/sh -c 'exit 77'",
    "killed": "/bin/sh -c 'kill -9 $$$$'",
}


def test_bad_plugins_get_a_state_and_a_text_and_disturb_nobody(tmp_path: Path) -> None:
    main = write_config(tmp_path, *BAD_PLUGINS.items(), service_check_timeout="2")
    with ServerProcess(main, tmp_path / "data") as server:

        def seen() -> dict[str, dict[str, str]]:
            items = server.get("/api/v1/services?limit=100")["items"]
            return {one["description"]: one for one in items if one["state"] != "PENDING"}

        server.wait("all were checked", lambda: len(seen()) == len(BAD_PLUGINS))
        found = seen()

        assert found["missing"]["state"] == "CRITICAL"
        assert "No such file or directory" in found["missing"]["output"]
        assert found["megabytes"]["state"] == "OK"
        assert found["nothing"]["output"].startswith("(No output")
        assert found["nul"]["output"] == "OK"
        assert "timed out" in found["hangs"]["output"]
        assert "timed out" in found["endless"]["output"]
        assert "77" in found["out-of-bounds"]["output"]
        assert found["killed"]["state"] in {"UNKNOWN", "CRITICAL"}
        assert server.end() == 0
    left = Path("/proc").glob("[0-9]*/cmdline")
    assert not any(b"sleep\x001000" in _read(path) for path in left)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_after_kill_9_everything_that_was_told_is_known(tmp_path: Path) -> None:
    main = write_config(tmp_path, ("bad", "/bin/false"))
    with ServerProcess(main, tmp_path / "data") as first:
        first.wait("somebody was told", (tmp_path / "told").exists)
        first.wait("it is noted", lambda: "notification_sent" in _types(first))
        before = first.get("/api/v1/services/web/bad")
        first.end(signal.SIGKILL)

    with ServerProcess(main, tmp_path / "data") as second:
        after = second.get("/api/v1/services/web/bad")
        second.wait("it was checked again", lambda: _checks_since(second, after["last_check"]))

        for field in ("state", "state_type", "attempt", "notification_number", "last_notification"):
            assert after[field] == before[field], field
        assert second.end() == 0
    assert (tmp_path / "told").read_text() == "told\n"


def _types(server: ServerProcess) -> list[str]:
    return [one["type"] for one in server.get("/api/v1/events?limit=500")["items"]]


def _checks_since(server: ServerProcess, instant: float) -> bool:
    return bool(server.get("/api/v1/services/web/bad")["last_check"] > instant)
