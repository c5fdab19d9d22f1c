"""What went wrong with a mail, as a sentence for the operator, and whether trying again may help."""

import ssl
from collections.abc import Iterator
from typing import TypeVar

from aiosmtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

from atalaia.channels.mail.addresses import InvalidAddressError
from atalaia.channels.mail.settings import MailSettings, MailSettingsError
from atalaia.ports.channels import DeliveryError
from atalaia.texts.plain import one_line

_REPLY_LIMIT = 300
_SIGN_IN_FIRST = {530, 534, 535, 538}
_TOO_LARGE = 552

Error = TypeVar("Error", bound=BaseException)

TROUBLES = (SMTPException, OSError, InvalidAddressError, MailSettingsError)
"""Everything that `delivery_error` can explain; time-outs and broken encryption are among the OSErrors."""


def delivery_error(error: BaseException, settings: MailSettings) -> DeliveryError:
    """The error as the outbox wants it.

    A refusal of this mail or this recipient (5xx) is for good. All else may pass or can be mended while the
    mail waits: a server that is away, a wrong password, a certificate.
    """
    server = f"{settings.host}:{settings.effective_port}"
    match error:
        case InvalidAddressError():
            return _final(str(error))
        case MailSettingsError():
            return _passing(f"[mail] {error}")
        case SMTPRecipientsRefused():
            return refused_recipients({r.recipient: (r.code, r.message) for r in error.recipients}, settings)
        case SMTPResponseException():
            return _answered(error, server)
        case SMTPNotSupported():
            return _final(f"{server} does not take mails for addresses with accents")
        case _:
            return _passing(_trouble_on_the_way(error, server, settings.timeout))


def refused_recipients(refused: dict[str, tuple[int, str]], settings: MailSettings) -> DeliveryError:
    """Some recipients, or all of them, were refused. As long as one refusal may pass it is worth another try;
    who has the mail already can tell the second one by its Message-ID."""
    server = f"{settings.host}:{settings.effective_port}"
    sentence = "; ".join(
        f"{server} refused {one_line(who, 100)}: {code} {_reply(reply)}"
        for who, (code, reply) in refused.items()
    )
    return DeliveryError(sentence, retryable=any(_may_pass(code) for code, _ in refused.values()))


def _trouble_on_the_way(error: BaseException, server: str, timeout: float) -> str:
    if isinstance(error, SMTPServerDisconnected):
        return f"{server} broke off the connection"
    if certificate := _find(error, ssl.SSLCertVerificationError):
        return (
            f"the certificate of {server} was not accepted: {certificate.verify_message}; "
            "name its authority in [mail] ca_file"
        )
    if trouble := _find(error, ssl.SSLError):
        return f"no encryption with {server}: {_words(trouble)}; check [mail] tls and port"
    if isinstance(error, TimeoutError):
        return f"{server} did not take the mail within {timeout:g} s"
    if isinstance(error, OSError):
        return f"{server} cannot be reached: {_words(_root(error))}"
    return f"{server}: {_words(error)}"


def _answered(error: SMTPResponseException, server: str) -> DeliveryError:
    answer = f"{error.code} {_reply(error.message)}"
    if isinstance(error, SMTPAuthenticationError) or error.code in _SIGN_IN_FIRST:
        return _passing(f"{server} did not let us sign in: {answer}; check [mail] username and password")
    if isinstance(error, SMTPDataError):
        return DeliveryError(f"{server} refused the mail: {answer}", retryable=_may_pass(error.code))
    if isinstance(error, SMTPSenderRefused):
        sentence = f"{server} refused the sender {one_line(error.sender, 100)}: {answer}; check [mail] sender"
        return DeliveryError(sentence, retryable=error.code != _TOO_LARGE)
    return _passing(f"{server} does not serve us: {answer}")


def _may_pass(code: int) -> bool:
    return code < 500 or code in _SIGN_IN_FIRST


def _reply(text: str) -> str:
    return one_line(text, _REPLY_LIMIT)


def _passing(sentence: str) -> DeliveryError:
    return DeliveryError(sentence, retryable=True)


def _final(sentence: str) -> DeliveryError:
    return DeliveryError(sentence, retryable=False)


def _words(error: BaseException) -> str:
    own = error.strerror if isinstance(error, OSError) else None
    return _reply(own or str(error)) or type(error).__name__


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__


def _root(error: BaseException) -> BaseException:
    *_, last = _chain(error)
    return last


def _find(error: BaseException, kind: type[Error]) -> Error | None:
    return next((link for link in _chain(error) if isinstance(link, kind)), None)
