"""What a run tells: its summary for people, and the passive result for Atalaia.

Here: words and figures of one run, and handing them to Atalaia's API. Not here: the run.
"""

import json
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ANSWER_WITHIN = 10  # seconds
OK, WARNING, CRITICAL = 0, 1, 2


class ReportError(Exception):
    """Atalaia did not take the result; the text says why."""


@dataclass(slots=True)
class Run:
    """What one run has done so far."""

    categories: Counter[str] = field(default_factory=Counter)
    unsure: int = 0
    """Classified, with a probability below the limit."""
    skipped: int = 0
    """Left without a category: the description has no word."""
    seconds: float = 0.0
    problem: str | None = None
    """Why it ended early."""

    @property
    def done(self) -> int:
        """How many products got a category."""
        return self.categories.total()

    @property
    def state(self) -> int:
        """The state of the service in the terms of a plugin's exit code."""
        if self.problem:
            return CRITICAL
        return WARNING if self.skipped else OK

    def sentence(self) -> str:
        """The run in one line."""
        words = [f"{self.done} produtos classificados" if self.done != 1 else "1 produto classificado"]
        if self.unsure:
            words.append(f"{self.unsure} com dúvida")
        if self.skipped:
            words.append(f"{self.skipped} sem descrição utilizável")
        told = ", ".join(words)
        return f"Falhou: {self.problem} ({told})" if self.problem else f"Terminou: {told}"

    def figures(self) -> str:
        """The run as performance data."""
        counts = f"classificados={self.done} duvidas={self.unsure} sem_descricao={self.skipped}"
        return f"{counts} tempo={self.seconds:.3f}s"

    def summary(self) -> str:
        """The run as a few lines for a terminal or a log."""
        lines = [self.sentence()]
        lines += [f"  {category:<12} {count:>7}" for category, count in sorted(self.categories.items())]
        return "\n".join(lines)


def report(run: Run, *, url: str, host: str, service: str, token: Path | None) -> None:
    """Posts a run to Atalaia as a passive service result.

    Args:
        url: Atalaia's address, such as http://127.0.0.1:8420.
        token: the file that holds the API's token.

    Raises:
        ReportError: the token cannot be read, Atalaia does not answer or refuses.
    """
    output = " ".join(f"{run.sentence()} | {run.figures()}".split())
    command = f"PROCESS_SERVICE_CHECK_RESULT;{host};{service};{run.state};{output}"
    headers = {"Content-Type": "application/json"}
    try:
        if token:
            headers["Authorization"] = f"Bearer {token.read_text(encoding='utf-8').strip()}"
        request = urllib.request.Request(
            f"{url.rstrip('/')}/api/v1/commands", json.dumps({"command": command}).encode(), headers
        )
        with urllib.request.urlopen(request, timeout=ANSWER_WITHIN):
            pass
    except urllib.error.HTTPError as error:
        with error:
            raise ReportError(f"{url} recusou ({error.code}): {_reason(error.read())}") from None
    except (OSError, ValueError) as error:
        raise ReportError(f"{url}: {getattr(error, 'reason', error)}") from None


def _reason(body: bytes) -> str:
    try:
        return str(json.loads(body)["error"])
    except (ValueError, KeyError, TypeError):
        return body.decode(errors="replace").strip()[:200]
