"""Turns the core's wishes into jobs and messages: macros are expanded here, at the moment of the decision."""

from collections import ChainMap
from functools import lru_cache
from urllib.parse import quote

import msgspec
import structlog

from atalaia.core.command_line import split
from atalaia.core.effects import HandlerCall, ResultReport, Telling
from atalaia.core.instants import Instant
from atalaia.core.macros import MacroContext, NotificationFacts, environment, expand, expand_command
from atalaia.core.objects import CommandCall, Contact, Host, ObjectKey, Service
from atalaia.core.results import CheckOutput, CheckResult, RawResult
from atalaia.core.runtime import Runtime
from atalaia.core.step import NotificationKind
from atalaia.core.verdict import judge_host, judge_service
from atalaia.core.world import World
from atalaia.engine.handlers import HandlerRun
from atalaia.ports.channels import Message
from atalaia.ports.clock import Clock
from atalaia.ports.runner import Job
from atalaia.ports.storage import OutboxItem

LANGUAGE_VARIABLE = "LANGUAGE"
"""A contact's custom variable `_LANGUAGE` says in which language it is told."""

NO_TIMEOUT = 24 * 3600.0
"""Seconds that stand for the main file's "no limit"."""

log = structlog.get_logger(__name__)


class Links(msgspec.Struct):
    """Where people find the page, and their usual language."""

    base: str = ""
    language: str = "en"

    def to(self, host: str, service: str) -> str:
        """The address of an object's page; empty when no base is known."""
        if not self.base:
            return ""
        quoted = [_quoted(part) for part in (host, service) if part]
        return f"{self.base}/{'services' if service else 'hosts'}/{'/'.join(quoted)}"


class Composer:
    """Builds what the runner and the channels are given."""

    def __init__(self, world: World, links: Links, clock: Clock) -> None:
        self._world = world
        self._links = links
        self._clock = clock

    # --- checks -------------------------------------------------------------------------------------------

    def check_job(self, key: ObjectKey) -> Job:
        """The job of an object's check command."""
        checkable = self._world.topology.checkables[key]
        settings = self._world.settings
        call = checkable.check_command
        if call is None:  # an object without a command is never scheduled
            raise LookupError(f"{key} has no check command")
        timeout = settings.service_check_timeout if key[1] else settings.host_check_timeout
        return self._job(call, self._context(checkable), timeout)

    def result(self, key: ObjectKey, raw: RawResult, lateness: float) -> CheckResult | None:
        """What a finished process says; None when the object is gone meanwhile."""
        checkable = self._world.topology.checkables.get(key)
        if checkable is None:
            self._world.planner.executing.pop(key, None)
            return None
        settings = self._world.settings
        state: int
        said: CheckOutput
        if isinstance(checkable, Service):
            state, said = judge_service(
                raw,
                host_name=checkable.host_name,
                service_description=checkable.service_description,
                timeout_state=settings.service_check_timeout_state,
            )
        else:
            state, said = judge_host(
                raw, host_name=checkable.host_name, aggressive=settings.use_aggressive_host_checking
            )
        now = self._clock.now()  # the wall clock may have jumped since the start: count back from now
        return CheckResult(
            state=state,
            output=said.output,
            long_output=said.long_output,
            perfdata=said.perfdata,
            started=Instant(now - (raw.finished - raw.started)),
            finished=now,
            latency=lateness,
        )

    # --- event handlers -----------------------------------------------------------------------------------

    def handler(self, wish: HandlerCall) -> HandlerRun | None:
        """An event handler that is ready to run; None when its command is not defined."""
        checkable = self._world.topology.checkables[wish.key]
        if wish.call.name not in self._world.model.commands:
            log.warning("an event handler's command is not defined", command=wish.call.name)
            return None
        context = self._context(checkable, seen=wish.seen)
        return HandlerRun(
            host=checkable.host_name,
            service=wish.key[1],
            command=wish.call.raw or wish.call.name,
            state=checkable.state_name(wish.seen.state),
            state_type=wish.seen.state_type.name,
            attempt=wish.seen.attempt,
            is_global=wish.is_global,
            job=self._job(wish.call, context, self._world.settings.event_handler_timeout),
        )

    # --- results for others -------------------------------------------------------------------------------

    def report_jobs(self, report: ResultReport) -> list[Job]:
        """The commands that want to hear of a result: obsessive ones, or those that take performance data."""
        settings, is_service = self._world.settings, bool(report.key[1])
        if report.obsess:
            call = settings.ocsp_command if is_service else settings.ochp_command
            timeout = float(settings.ocsp_timeout if is_service else settings.ochp_timeout)
        else:
            call = settings.service_perfdata_command if is_service else settings.host_perfdata_command
            timeout = settings.perfdata_timeout or NO_TIMEOUT
            empties = (
                settings.service_perfdata_process_empty_results
                if is_service
                else settings.host_perfdata_process_empty_results
            )
            if not report.seen.perfdata and not empties:
                return []
        checkable = self._world.topology.checkables.get(report.key)
        if call is None or checkable is None or call.name not in self._world.model.commands:
            return []
        context = self._context(checkable, seen=report.seen)
        if report.perfdata and (job := self._unclean_job(call, context, timeout)) is not None:
            return [job]
        return [self._job(call, context, timeout)]

    def _unclean_job(self, call: CommandCall, context: MacroContext, timeout: float) -> Job | None:
        """A command that takes performance data as the plugin wrote it, quotes and all, as Nagios hands it on.

        None when the line would need a shell: then it is cleaned, so that no plugin can say what is run.
        """
        line = expand_command(
            self._world.model.commands[call.name].command_line, context, call.args, clean=False
        )
        words = split(line)
        if not words:
            return None
        return Job(argv=words, timeout=float(timeout), env=environment(context, call.args))

    def perfdata_line(self, template: str, key: ObjectKey, seen: Runtime) -> str:
        """A template of the main file with its macros expanded for one result; nothing is cleaned out of it."""
        checkable = self._world.topology.checkables[key]
        return expand(template, self._context(checkable, seen=seen), clean=False)

    # --- messages -----------------------------------------------------------------------------------------

    def message(self, telling: Telling) -> OutboxItem:
        """One message for the outbox, complete: nothing is looked up when it is sent."""
        world = self._world
        checkable = world.topology.checkables[telling.key]
        host = world.model.hosts[checkable.host_name]
        contact = world.model.contacts[telling.contact]
        seen, now = telling.seen, self._clock.now()
        line, env = self._command(telling, checkable, contact)
        way = telling.call.name if telling.call else telling.channel
        way += f";{telling.place}" if telling.place else ""
        thread = f"{host.host_name};{telling.key[1]};{telling.problem_id}"
        message = Message(
            key=f"{thread};{telling.kind};{seen.notification_id};{contact.contact_name};{way}",
            thread=thread,
            kind=telling.kind,
            contact=contact.contact_name,
            recipient=contact.email or "",
            language=contact.custom.get(LANGUAGE_VARIABLE, "") or self._links.language,
            host=host.host_name,
            host_alias=host.alias,
            host_address=host.address,
            service=telling.key[1],
            state=checkable.state_name(seen.state),
            previous_state=checkable.state_name(seen.last_hard_state),
            output=seen.output,
            long_output=seen.long_output,
            since=Instant(telling.problem_since),
            ended=seen.last_check if telling.kind is NotificationKind.RECOVERY else Instant(0.0),
            time=now,
            number=telling.number,
            attempt=seen.attempt,
            max_attempts=checkable.max_check_attempts,
            author=telling.author,
            comment=telling.comment,
            link=self._links.to(host.host_name, telling.key[1]),
            command_line=line,
            command=telling.call.name if telling.call else "",
            env=env,
            timeout=float(world.settings.notification_timeout),
        )
        return OutboxItem(channel=telling.channel, message=message, next_try=now)

    def _command(
        self, telling: Telling, checkable: Host | Service, contact: Contact
    ) -> tuple[str, dict[str, str]]:
        """The notification command with its macros expanded, and its environment."""
        if telling.call is None:
            return "", {}
        command = self._world.model.commands.get(telling.call.name)
        if command is None:
            return "", {}
        facts = NotificationFacts(
            kind=telling.kind,
            number=telling.number,
            recipients=telling.recipients,
            is_escalated=telling.escalated,
            author=telling.author,
            comment=telling.comment,
        )
        context = self._context(checkable, seen=telling.seen, contact=contact, notification=facts)
        args = telling.call.args
        return expand_command(command.command_line, context, args), environment(context, args)

    # --- macros -------------------------------------------------------------------------------------------

    def _job(self, call: CommandCall, context: MacroContext, timeout: float) -> Job:
        command = self._world.model.commands[call.name]
        line = expand_command(command.command_line, context, call.args)
        words = _split(line)
        return Job(
            argv=words or (),
            command_line="" if words else line,
            timeout=float(timeout),
            env=environment(context, call.args),
        )

    def _context(
        self,
        checkable: Host | Service,
        *,
        seen: Runtime | None = None,
        contact: Contact | None = None,
        notification: NotificationFacts | None = None,
    ) -> MacroContext:
        """What macros are looked up in; `seen` stands in for the object's state of this moment."""
        world = self._world
        states = world.states if seen is None else ChainMap({checkable.key: seen}, world.states)
        return MacroContext(
            topology=world.topology,
            states=states,
            host=world.model.hosts[checkable.host_name],
            service=checkable if isinstance(checkable, Service) else None,
            contact=contact,
            notification=notification,
            now=self._clock.now(),
            tz=world.tz,
            program_start=world.program_start,
        )


@lru_cache(maxsize=65536)
def _split(line: str) -> tuple[str, ...] | None:
    """Command lines repeat from check to check; splitting one costs more than looking it up."""
    return split(line)


def _quoted(part: str) -> str:
    return quote(part, safe="")
