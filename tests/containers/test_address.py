"""Where an engine is, as people and the environment say it."""

from pathlib import Path

import pytest

from atalaia.containers.address import (
    AddressError,
    EngineAddress,
    address_from_environment,
    parse_address,
    tls_context,
)


@pytest.mark.parametrize("text", ["unix:///run/user/1000/docker.sock", "/run/user/1000/docker.sock"])
def test_a_socket(text: str) -> None:
    assert parse_address(text).socket == "/run/user/1000/docker.sock"


@pytest.mark.parametrize(
    ("text", "host", "port", "tls"),
    [
        ("tcp://engine:2375", "engine", 2375, False),
        ("tcp://engine", "engine", 2375, False),
        ("tcp://[::1]:99", "::1", 99, False),
        ("https://engine", "engine", 2376, True),
    ],
)
def test_tcp(text: str, host: str, port: int, tls: bool) -> None:
    address = parse_address(text)

    assert (address.host, address.port, address.tls) == (host, port, tls)


def test_certificates_mean_tls() -> None:
    address = parse_address("tcp://engine", certificates="/certs")

    assert (address.tls, address.port) == (True, 2376)


def test_ssh_is_docker_s_own_way() -> None:
    command = parse_address("ssh://deploy@engine:2222").ssh

    assert command[0] == "ssh"
    assert command[-5:] == ("--", "engine", "docker", "system", "dial-stdio")
    assert command[-9:-5] == ("-p", "2222", "-l", "deploy")
    assert "BatchMode=yes" in command


def test_ssh_with_a_path_names_the_socket_there() -> None:
    command = parse_address("ssh://engine/run/user/1000/docker.sock").ssh

    assert command[-5:] == ("docker", "--host", "unix:///run/user/1000/docker.sock", "system", "dial-stdio")


def test_an_ssh_host_cannot_become_an_option() -> None:
    command = parse_address("ssh://-oProxyCommand=x").ssh

    assert command[command.index("--") + 1].lower() == "-oproxycommand=x"


@pytest.mark.parametrize(
    "text", ["", "engine:2375", "npipe:////./pipe/docker", "unix://relative", "tcp://", "tcp://engine:x"]
)
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(AddressError, match="container engine's address"):
        parse_address(text)


def test_the_host_header_of_an_ipv6_address_has_brackets() -> None:
    assert parse_address("tcp://[::1]:99").http_host == "[::1]"


def from_environment(**environment: str) -> EngineAddress:
    return address_from_environment(environment)


def test_docker_host_wins() -> None:
    assert from_environment(DOCKER_HOST="tcp://engine:1").text == "tcp://engine:1"


def test_docker_cert_path_means_tls() -> None:
    address = from_environment(DOCKER_HOST="tcp://engine", DOCKER_CERT_PATH="/certs")

    assert (address.tls, address.certificates, address.port) == (True, "/certs", 2376)


def test_docker_tls_verify_alone_takes_the_usual_folder(tmp_path: Path) -> None:
    (tmp_path / ".docker").mkdir()
    (tmp_path / ".docker" / "ca.pem").touch()
    address = from_environment(DOCKER_HOST="tcp://engine", DOCKER_TLS_VERIFY="1", HOME=str(tmp_path))

    assert (address.tls, address.certificates) == (True, str(tmp_path / ".docker"))


def test_without_docker_host_it_is_a_socket_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("atalaia.containers.address.ROOTFUL", str(tmp_path / "missing.sock"))
    (tmp_path / "docker.sock").touch()

    assert from_environment(XDG_RUNTIME_DIR=str(tmp_path)).socket == str(tmp_path / "docker.sock")


def test_podman_s_socket_is_taken_where_there_is_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("atalaia.containers.address.ROOTFUL", str(tmp_path / "missing.sock"))
    (tmp_path / "podman").mkdir()
    (tmp_path / "podman" / "podman.sock").touch()

    assert from_environment(XDG_RUNTIME_DIR=str(tmp_path)).socket == str(tmp_path / "podman/podman.sock")


def test_where_there_is_none_the_usual_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("atalaia.containers.address.ROOTFUL", "/nowhere/docker.sock")
    monkeypatch.setattr("atalaia.containers.address.Path.exists", lambda _: False)

    assert from_environment().socket == "/nowhere/docker.sock"


def test_certificates_that_are_missing_are_named(tmp_path: Path) -> None:
    with pytest.raises(AddressError, match=r"ca\.pem, cert\.pem and key\.pem"):
        tls_context(parse_address("tcp://engine", certificates=str(tmp_path)))
