"""Turns the core's wishes into jobs and messages: macros are expanded here, at the moment of the decision."""

from collections import ChainMap
from functools import lru_cache

import msgspec
import structlog

from atalaia.core.command_line import split
from atalaia.core.effects import HandlerCall, Telling
from atalaia.core.instants import Instant
from atalaia.core.macros import MacroContext, NotificationFacts, environment, expand_command
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
