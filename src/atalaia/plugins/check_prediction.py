"""Does a classifier behind HTTP still give the answer that one knows?

Posts `{"descricao": TEXT}` and expects `{"categoria": CATEGORY, "probabilidade": 0..1}`. Another category, an
HTTP error or no answer is CRITICAL; the right category with less than the least probability is WARNING.
"""

import argparse
import http.client
import json
import sys
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from atalaia import __version__
from atalaia.plugins.guidelines import Figure, PluginError, Range, State, Verdict, build_parser, judge, run

SERVICE = "PREDICTION"
LARGEST_ANSWER = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back over HTTP."""

    status: int
    body: bytes
    seconds: float

    @property
    def content(self) -> Any:
        """The body as JSON; None when it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


def as_url(text: str) -> SplitResult:
    """An argument as an address.

    Raises:
        argparse.ArgumentTypeError: it is no http or https address.
    """
    try:
        url = urlsplit(text)
        port_is_valid = url.port is None or url.port > 0
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if url.scheme not in ("http", "https") or not url.hostname or not port_is_valid:
        raise argparse.ArgumentTypeError(f"{text!r} is no http or https address")
    return url


def as_probability(text: str) -> float:
    """An argument as a probability.

    Raises:
        argparse.ArgumentTypeError: it is no number from 0 to 1.
    """
    try:
        probability = float(text)
    except ValueError:
        probability = -1
    if not 0 <= probability <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no probability from 0 to 1")
    return probability


def ask(url: SplitResult, text: str, timeout: float) -> Answer:
    """Asks for the category of a text.

    Raises:
        PluginError: nobody answers.
    """
    connect = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = connect(url.hostname or "", url.port, timeout=timeout)
    path = (url.path or "/") + (f"?{url.query}" if url.query else "")
    headers = {"Content-Type": "application/json", "User-Agent": f"check_prediction/{__version__}"}
    began = time.monotonic()
    try:
        connection.request("POST", path, json.dumps({"descricao": text}).encode(), headers)
        response = connection.getresponse()
        return Answer(response.status, response.read(LARGEST_ANSWER), time.monotonic() - began)
    except TimeoutError as error:
        raise PluginError(State.CRITICAL, f"{url.netloc} gives no answer within {timeout:g} s") from error
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise PluginError(State.CRITICAL, f"{url.netloc} cannot be asked: {reason}") from error
    finally:
        connection.close()


def verdict_of(answer: Answer, arguments: argparse.Namespace) -> Verdict:
    """What an answer means."""
    figures = [Figure("time", answer.seconds, "s", arguments.warning, arguments.critical, 0)]
    details = (answer.body.decode(errors="replace"),)
    content = answer.content if isinstance(answer.content, dict) else {}
    category, probability = content.get("categoria"), content.get("probabilidade")
    if answer.status != http.client.OK or not isinstance(category, str):
        reason = content.get("erro") or f"no category in {details[0][:100]!r}"
        return Verdict(State.CRITICAL, f"HTTP {answer.status}: {reason}", tuple(figures), details)
    told = f"{arguments.text!r} is {category}"
    least = arguments.min_probability
    known = isinstance(probability, int | float) and not isinstance(probability, bool)
    sure = float(probability or 0) if known else None
    if sure is not None:
        limit = None if least is None else Range.parse(f"{least:g}:")
        figures.append(Figure("probability", sure, "", limit, None, 0, 1))
        told += f" ({sure:.0%})"
    told += f", answered in {answer.seconds * 1000:.0f} ms"
    if category != arguments.expect:
        return Verdict(State.CRITICAL, f"{told}; expected {arguments.expect}", tuple(figures), details)
    state = judge(answer.seconds, arguments.warning, arguments.critical)
    if least is not None and (sure is None or sure < least):
        told += f"; expected a probability of at least {least:.0%}"
        state = max(state, State.WARNING)
    return Verdict(state, told, tuple(figures), details)


def main() -> int:
    """The command line."""
    parser = build_parser("check_prediction", __doc__, "the seconds until the answer")
    parser.add_argument("--url", type=as_url, required=True, help="where to post, http or https")
    parser.add_argument("--text", required=True, help="the description to classify")
    parser.add_argument("--expect", required=True, metavar="CATEGORY", help="the known answer")
    parser.add_argument(
        "--min-probability", type=as_probability, metavar="P", help="WARNING below this probability, 0 to 1"
    )
    arguments = parser.parse_args()
    return run(
        SERVICE,
        arguments,
        lambda: verdict_of(ask(arguments.url, arguments.text, arguments.timeout), arguments),
    )


if __name__ == "__main__":
    sys.exit(main())
