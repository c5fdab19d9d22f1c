"""Values to JSON text and back, forgiving in both directions.

Written by another version, a record may have fields that this one does not know (they are ignored), lack some
(they take their defaults) or hold something else in one (it takes its default, with a warning).
"""

from typing import Any

import msgspec
import structlog

from atalaia.core.events import AnyEvent
from atalaia.core.runtime import Runtime
from atalaia.ports.channels import Message

_log = structlog.get_logger(__name__)

_encoder = msgspec.json.Encoder()
_runtime = msgspec.json.Decoder(Runtime)
_message = msgspec.json.Decoder(Message)
_event: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)

_UNREADABLE = (msgspec.MsgspecError, RecursionError)
"""What a decoder raises; the second for text that is nested too deeply."""


def storable(text: str) -> str:
    """The text itself, or with question marks where it has halves of characters that nobody can store."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def to_json(record: msgspec.Struct) -> str:
    """The record as JSON. Text that cannot be stored is mended rather than refused: the fact matters more."""
    try:
        return _encoder.encode(record).decode()
    except UnicodeEncodeError:
        return _encoder.encode(_mended(msgspec.to_builtins(record))).decode()


def runtime_from(text: str, host: str, service: str) -> Runtime:
    """The stored state of an object; what cannot be read of it takes its default."""
    try:
        return _runtime.decode(text)
    except _UNREADABLE as error:
        _log.warning("stored state is partly unreadable", host=host, service=service, error=str(error))
    return _readable_fields(text)


def message_from(text: str, key: str) -> Message | None:
    """The stored message, or None when it cannot be read; it stays stored for a version that can."""
    try:
        return _message.decode(text)
    except _UNREADABLE as error:
        _log.error("stored message is unreadable and will not be sent", key=key, error=str(error))
        return None


def event_from(text: str, number: int) -> AnyEvent | None:
    """The stored event, or None when it cannot be read (its type is one of a newer version)."""
    try:
        return _event.decode(text)
    except _UNREADABLE as error:
        _log.debug("stored event is unreadable and left out", id=number, error=str(error))
        return None


def _readable_fields(text: str) -> Runtime:
    try:
        stored = msgspec.json.decode(text)
    except _UNREADABLE:
        return Runtime()
    fields = {}
    for field in msgspec.structs.fields(Runtime):
        if isinstance(stored, dict) and field.encode_name in stored:
            try:
                fields[field.name] = msgspec.convert(stored[field.encode_name], field.type)
            except _UNREADABLE:
                continue
    return Runtime(**fields)


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {_mended(key): _mended(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_mended(item) for item in value]
    return value
