"""How log lines look: text on a terminal, one JSON object a line otherwise. Always on standard error."""

import logging
import os
import sys

import structlog


def set_up_logs(form: str = "auto") -> None:
    """Configures structlog for the whole process.

    Args:
        form: ``text``, ``json``, or ``auto`` (text on a terminal).
    """
    as_text = form == "text" or (form == "auto" and sys.stderr.isatty())
    coloured = as_text and sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    last: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=coloured) if as_text else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=not as_text),
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info if not as_text else _unchanged,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )


def _unchanged(_logger: object, _name: str, fields: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return fields
