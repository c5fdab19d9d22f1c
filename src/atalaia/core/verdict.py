"""From how a plugin ended to a state and a text: Nagios' table of exit codes, signals and time-outs.

Only for checks that were run; results from outside bring their state along.
"""

from msgspec.structs import replace

from atalaia.core.plugin_output import NO_HOST_OUTPUT, NO_SERVICE_OUTPUT, decode, parse_output
from atalaia.core.results import CheckOutput, RawResult
from atalaia.core.states import HostState, ServiceState

NOT_EXECUTABLE = "(Return code of 126 is out of bounds. Check if plugin is executable)"
NOT_FOUND = "(Return code of 127 is out of bounds. Check if plugin exists)"
"""What Nagios says for the exit codes by which a shell tells that it could not run a command."""


def judge_service(
    result: RawResult, *, host_name: str, service_description: str, timeout_state: int = ServiceState.CRITICAL
) -> tuple[ServiceState, CheckOutput]:
    """What a service check found. `timeout_state` is Nagios' ``service_check_timeout_state``."""
    if result.timed_out:
        return ServiceState(timeout_state), CheckOutput(output=f"(Service check {_timed_out(result)})")
    if result.signal:
        return ServiceState.UNKNOWN, _text(result, NO_SERVICE_OUTPUT)
    code = result.exit_code
    if 0 <= code <= 3:
        return ServiceState(code), _text(result, NO_SERVICE_OUTPUT)
    if code in _SHELL_CODES:
        return ServiceState.CRITICAL, CheckOutput(output=_SHELL_CODES[code])
    whose = f"service '{service_description}' on host '{host_name}'"
    # Of services, Nagios replaces only the short output here.
    return ServiceState.CRITICAL, replace(_text(result, NO_SERVICE_OUTPUT), output=_out_of_bounds(code, whose))


def judge_host(result: RawResult, *, host_name: str, aggressive: bool = False) -> tuple[HostState, CheckOutput]:
    """What a host check found: UP or DOWN, before reachability is looked at.

    Exit code 1 means UP unless `aggressive` (Nagios' ``use_aggressive_host_checking``).
    """
    if result.timed_out:
        return HostState.DOWN, CheckOutput(output=f"(Host check {_timed_out(result)})")
    if result.signal:
        return HostState.DOWN, _text(result, NO_HOST_OUTPUT)
    code = result.exit_code
    if 0 <= code <= 3:
        is_up = code == 0 or (code == 1 and not aggressive)
        return HostState.UP if is_up else HostState.DOWN, _text(result, NO_HOST_OUTPUT)
    if code in _SHELL_CODES:
        return HostState.DOWN, CheckOutput(output=_SHELL_CODES[code])
    return HostState.DOWN, CheckOutput(output=_out_of_bounds(code, f"host '{host_name}'"))


def complaint(result: RawResult, *, host_name: str, service_description: str) -> str:
    """Nagios' line in the log about a check that did not end as checks should; empty for others."""
    of = f"host '{host_name}'"
    if service_description:
        of = f"service '{service_description}' on {of}"
    seconds = max(0.0, result.finished - result.started)
    if result.timed_out:
        after = f"{seconds:.3f}s!" if service_description else f"{seconds:.2f} seconds"
        return f"Warning: Check of {of} timed out after {after}"
    if result.signal:
        return f"Warning:  Check of {of} did not exit properly!"
    match result.exit_code:
        case 126:
            return f"Warning: Return code of 126 for {of} may indicate a non-executable plugin."
        case 127:
            return f"Warning: Return code of 127 for {of} may indicate this plugin doesn't exist."
        case code if not 0 <= code <= 3:
            return f"Warning: Return code of {code} for check of {of} was out of bounds."
        case _:
            return ""


_SHELL_CODES = {126: NOT_EXECUTABLE, 127: NOT_FOUND}


def _out_of_bounds(code: int, whose: str) -> str:
    return f"(Return code of {code} for {whose} was out of bounds)"


def _timed_out(result: RawResult) -> str:
    return f"timed out after {max(0.0, result.finished - result.started):.2f} seconds"


def _text(result: RawResult, missing: str) -> CheckOutput:
    stdout = decode(result.stdout)
    if not stdout or stdout[0] == "\0":
        stdout = f"(No output on stdout) stderr: {decode(result.stderr)}"
    return parse_output(stdout, missing=missing)
