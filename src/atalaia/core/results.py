"""What a check brings home, whoever ran it."""

import msgspec

from atalaia.core.instants import Instant
from atalaia.core.states import CheckType


class RawResult(msgspec.Struct, frozen=True, kw_only=True):
    """How a plugin process ended, before Nagios' rules turn it into a state.

    Exactly one of `exit_code`, `signal` and `timed_out` tells the story; a process that could not be started
    has the errno as its exit code and the reason on `stderr`, as Nagios' workers report it.
    """

    exit_code: int = 0
    signal: int = 0
    """Number of the signal that ended the process; 0 if none did."""
    timed_out: bool = False
    stdout: bytes = b""
    stderr: bytes = b""
    started: Instant
    finished: Instant
    own_trouble: bool = False
    """The server lacked something (descriptors, processes, memory) to start it: this says nothing about the
    object, and the check is to be tried again."""
    truncated: bool = False
    """The output was longer than the cap; the rest was read and thrown away."""


class CheckOutput(msgspec.Struct, frozen=True, kw_only=True):
    """The text of a plugin, split by the plugin guidelines."""

    output: str = ""
    long_output: str = ""
    """Further lines joined by newlines."""
    perfdata: str = ""


class CheckResult(msgspec.Struct, frozen=True, kw_only=True):
    """A finished check: what the state machine eats."""

    state: int
    """A ServiceState for services; for hosts the plugin's verdict as a HostState (UP or DOWN) - reachability
    is the machine's business. Passive host results may say UNREACHABLE."""
    output: str = ""
    long_output: str = ""
    perfdata: str = ""
    started: Instant
    finished: Instant
    check_type: CheckType = CheckType.ACTIVE
    latency: float = 0.0
    """Seconds between the due time and the start."""
    scheduled: bool = True
    """False for a check on demand (a host check caused by a service result)."""

    @property
    def execution_time(self) -> float:
        """Seconds that the check took."""
        return max(0.0, self.finished - self.started)
