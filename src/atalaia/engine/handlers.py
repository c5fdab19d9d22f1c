"""Event handlers: started once their event is stored, and how they ended is an event of its own."""

import msgspec
import structlog

from atalaia.core.events import EventHandlerRan
from atalaia.core.results import RawResult
from atalaia.engine.recorder import Recorder
from atalaia.ports.clock import Clock
from atalaia.ports.runner import Job, Runner

OUTPUT_KEPT = 2000
"""Characters of a handler's output that are kept in its event."""

log = structlog.get_logger(__name__)


class HandlerRun(msgspec.Struct, frozen=True, kw_only=True):
    """A handler that is ready to run."""

    host: str
    service: str
    command: str
    state: str
    state_type: str
    attempt: int
    is_global: bool
    job: Job


class Handlers:
    """Starts event handlers and records their ends."""

    def __init__(self, runner: Runner, recorder: Recorder, clock: Clock) -> None:
        self._runner = runner
        self._recorder = recorder
        self._clock = clock
        self.running = 0
        """Handlers started and not ended."""

    def start(self, run: HandlerRun) -> None:
        """Runs the handler now."""

        def done(raw: RawResult) -> None:
            self.running -= 1
            self._ended(run, raw)

        self.running += 1
        self._runner.start(run.job, done)

    def start_silent(self, job: Job) -> None:
        """Runs a command whose end is no event: an obsessive command, or one that takes performance data."""

        def done(raw: RawResult) -> None:
            self.running -= 1
            if raw.exit_code or raw.signal or raw.timed_out:
                error = (raw.stderr or raw.stdout).decode("utf-8", "replace").strip()[:OUTPUT_KEPT]
                log.warning(
                    "a result command did not succeed",
                    exit_code=-raw.signal if raw.signal else raw.exit_code,
                    timed_out=raw.timed_out,
                    error=error,
                )

        self.running += 1
        self._runner.start(job, done)

    def _ended(self, run: HandlerRun, raw: RawResult) -> None:
        text = (raw.stdout or raw.stderr).decode("utf-8", "replace").strip()[:OUTPUT_KEPT]
        exit_code = -raw.signal if raw.signal else raw.exit_code
        if exit_code or raw.timed_out:
            log.warning(
                "an event handler did not succeed",
                host=run.host,
                service=run.service,
                command=run.command,
                exit_code=exit_code,
                timed_out=raw.timed_out,
            )
        self._recorder.event(
            EventHandlerRan(
                time=self._clock.now(),
                host=run.host,
                service=run.service,
                command=run.command,
                state=run.state,
                state_type=run.state_type,
                attempt=run.attempt,
                is_global=run.is_global,
                exit_code=exit_code,
                output=text,
                seconds=round(raw.finished - raw.started, 3),
                timed_out=raw.timed_out,
            )
        )
