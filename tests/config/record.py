"""Record what nagios4 makes of every case: `.venv/bin/python tests/config/record.py`.

Needs Debian's nagios4. Cases marked `newer` are recorded from Atalaia and must be reviewed by eye.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.config_cases import NAGIOS, Outcome, all_cases, ask_atalaia, ask_nagios, read_case, record


def main() -> None:
    """Ask nagios4 about every case and write down its answers."""
    if NAGIOS is None:
        sys.exit("nagios4 is not installed")
    base = _ask(next(path for path in all_cases() if path.stem == "syntax-base-alone"))
    record("base", ok=base.ok, objects=base.objects)
    for path in all_cases():
        outcome = _ask(path)
        alone = read_case(path).alone
        record(path.stem, ok=outcome.ok, objects=outcome.beyond({} if alone else base.objects))
    print(f"recorded {len(all_cases())} cases")


def _ask(path: Path) -> Outcome:
    case = read_case(path)
    with tempfile.TemporaryDirectory() as folder:
        written = case.write(Path(folder) / "case")
        return ask_atalaia(written) if case.newer else ask_nagios(written)


if __name__ == "__main__":
    main()
