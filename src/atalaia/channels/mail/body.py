"""What a mail says: subject and plain text. How it is wrapped and sent stands elsewhere.

Written for somebody who was woken by a phone: the subject begins with the state, the first line says why, the
page's address comes before long output. What a check said is indented, so that it cannot pass for our words.
"""

from collections.abc import Iterator
from datetime import tzinfo

from atalaia.core.instants import NEVER
from atalaia.ports.channels import Message
from atalaia.texts import Texts, to_say
from atalaia.texts.plain import one_line, plain_lines

LATE_AFTER = 60.0
"""Seconds between decision and delivery from which on a mail says that it is late."""

_INDENT = "    "
_NAME_LIMIT = 100
_OUTPUT_LIMIT = 1_000
_COMMENT_LIMIT = 1_000
_LONG_LINES, _LONG_CHARACTERS = 40, 6_000

_HEADLINES = {
    "RECOVERY": to_say("RECOVERED"),
    "ACKNOWLEDGEMENT": to_say("ACKNOWLEDGED"),
    "FLAPPINGSTART": to_say("FLAPPING"),
    "FLAPPINGSTOP": to_say("FLAPPING STOPPED"),
    "FLAPPINGDISABLED": to_say("FLAP DETECTION OFF"),
    "DOWNTIMESTART": to_say("DOWNTIME STARTED"),
    "DOWNTIMEEND": to_say("DOWNTIME ENDED"),
    "DOWNTIMECANCELLED": to_say("DOWNTIME CANCELLED"),
    "CUSTOM": to_say("NOTICE"),
}
"""The subject's first word for each of Nagios' notification types but PROBLEM, which begins with the state."""

_LEADS = {
    "FLAPPINGSTART": to_say("The state keeps changing. No further messages until it settles."),
    "FLAPPINGSTOP": to_say("The state has settled. Messages are sent again."),
    "FLAPPINGDISABLED": to_say("Flap detection was switched off. Messages are sent again."),
    "DOWNTIMESTART": to_say("A scheduled downtime has started. No messages about problems until it ends."),
    "DOWNTIMEEND": to_say("The scheduled downtime has ended. Messages are sent again."),
    "DOWNTIMECANCELLED": to_say("The scheduled downtime was cancelled. Messages are sent again."),
}


def subject(message: Message, texts: Texts) -> str:
    """One line, state and object first; the same for every reminder, so that readers keep them together."""
    host, service = one_line(message.host, _NAME_LIMIT), one_line(message.service, _NAME_LIMIT)
    state = texts.state(one_line(message.state, _NAME_LIMIT))
    headline = texts.say(_HEADLINES[message.kind]) if message.kind in _HEADLINES else state
    if service:
        line = texts.say("{headline}: {service} on {host}", headline=headline, service=service, host=host)
    else:
        line = f"{headline}: {host}"
    return line if message.kind in {"PROBLEM", "RECOVERY"} else f"{line} ({state})"


def body(message: Message, texts: Texts, *, zone: tzinfo | None, late: float) -> str:
    """The whole text.

    Args:
        message: the facts.
        texts: the reader's language.
        zone: time zone of the times shown; None is the server's.
        late: seconds since it was decided to tell.
    """
    paragraphs = [list(_lead(message, texts, late)), [_INDENT + _first_line(message, texts)]]
    paragraphs += [list(_facts(message, texts, zone)), [one_line(message.link, 500)]]
    paragraphs.append(list(_further_output(message, texts)))
    return "\n\n".join("\n".join(lines) for lines in paragraphs if any(lines)) + "\n"


def _lead(message: Message, texts: Texts, late: float) -> Iterator[str]:
    """What matters before the check's own words."""
    if late > LATE_AFTER:
        yield texts.say(
            "This message is {duration} late: it could not be sent before.", duration=texts.duration(late)
        )
    if message.kind == "RECOVERY" and NEVER < message.since <= message.ended:
        yield texts.say(
            "The problem lasted {duration}.", duration=texts.duration(message.ended - message.since)
        )
    if message.kind in _LEADS:
        yield texts.say(_LEADS[message.kind])
    author, comment = one_line(message.author, _NAME_LIMIT), one_line(message.comment, _COMMENT_LIMIT)
    if message.kind == "ACKNOWLEDGEMENT":
        yield texts.say(
            "{author} is taking care of it. No further messages for now.",
            author=author or texts.say("Somebody"),
        )
    if comment:
        yield texts.say("{author} wrote: “{comment}”", author=author or texts.say("Somebody"), comment=comment)


def _first_line(message: Message, texts: Texts) -> str:
    return one_line(message.output, _OUTPUT_LIMIT) or texts.say("(the check said nothing)")


def _facts(message: Message, texts: Texts, zone: tzinfo | None) -> Iterator[str]:
    host = one_line(message.host, _NAME_LIMIT)
    alias, address = one_line(message.host_alias, _NAME_LIMIT), one_line(message.host_address, _NAME_LIMIT)
    if message.service:
        yield texts.say("Service: {service}", service=one_line(message.service, _NAME_LIMIT))
    where = host + (f" ({alias})" if alias not in {"", host} else "")
    yield texts.say("Host: {host}", host=where + (f", {address}" if address not in {"", host} else ""))
    state, previous = (
        texts.state(one_line(name, _NAME_LIMIT)) for name in (message.state, message.previous_state)
    )
    if previous and previous != state:
        yield texts.say("State: {state} (before: {previous})", state=state, previous=previous)
    else:
        yield texts.say("State: {state}", state=state)
    if message.kind == "RECOVERY" and NEVER < message.since <= message.ended:
        yield texts.say(
            "Problem: from {start} to {end}",
            start=texts.instant(message.since, zone, zone=True),
            end=texts.instant(message.ended, zone, zone=True),
        )
    elif message.since > NEVER and message.kind != "RECOVERY":
        yield texts.say(
            "Since: {start}, for {duration}",
            start=texts.instant(message.since, zone, zone=True),
            duration=texts.duration(max(0.0, message.time - message.since)),
        )
    if message.kind == "PROBLEM":
        yield texts.say("Attempt: {attempt} of {most}", attempt=message.attempt, most=message.max_attempts)
    if message.number:  # a message by hand may have none
        yield texts.say("Notification: {number}", number=message.number)


def _further_output(message: Message, texts: Texts) -> Iterator[str]:
    """The long output, as much of it as a mail should hold."""
    if not message.long_output.strip():
        return
    lines = plain_lines(message.long_output[:_LONG_CHARACTERS])
    shown = lines[:_LONG_LINES]
    yield texts.say("Further output:")
    yield from (_INDENT + line if line else "" for line in shown)
    if len(message.long_output) > _LONG_CHARACTERS or len(lines) > len(shown):
        left = message.long_output.count("\n") + 1 - len(shown)
        if left > 0:
            yield texts.plural("[{n} more line]", "[{n} more lines]", left)
        else:
            yield texts.say("[shortened]")
