"""Record what Nagios tells of every story: `tools/record-stories`, whose `--help` says the rest."""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.stories import Story, all_stories
from support.story_log import Told, difference, read_recording, recording_path, write_recording
from support.story_recorder import DEBIAN, RecordingError, record, version_of


def main() -> None:
    """Record, or with `--check` compare with what is recorded."""
    options = _parser().parse_args()
    stories = [story for story in all_stories() if not options.only or story.name in options.only]
    if missing := set(options.only or ()) - {story.name for story in stories}:
        sys.exit(f"no such story: {', '.join(sorted(missing))}")
    try:
        changed = _record_atalaia(options, stories) if options.atalaia else _record_nagios(options, stories)
    except RecordingError as problem:
        sys.exit(str(problem))
    if changed and options.check:
        sys.exit(f"{changed} stories are told differently now")


def _record_nagios(options: argparse.Namespace, stories: list[Story]) -> int:
    if options.binary is None:
        raise RecordingError("nagios4 is not installed")
    changed = 0
    version = version_of(options.binary)
    stories = [story for story in stories if story.known_to(version)]
    for company, lines in record(options.binary, stories, options.jobs):
        for story in company:
            changed += _settle(version, story, lines[story.name], only_look=options.check)
        print(f"{version}: {', '.join(story.name for story in company)}", flush=True)
    return changed


def _record_atalaia(options: argparse.Namespace, stories: list[Story]) -> int:
    from support.simulating import simulate  # only here: Nagios is recorded whatever state Atalaia is in

    changed = 0
    for story in stories:
        if "atalaia" in story.notes:
            with tempfile.TemporaryDirectory() as folder:
                lines = simulate(Path(folder), story)
            changed += _settle("atalaia", story, lines, only_look=options.check)
            print(f"atalaia: {story.name}")
    return changed


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tools/record-stories",
        description="Records in tests/differential/recorded what a Nagios daemon tells of the stories.",
    )
    parser.add_argument("--binary", default=DEBIAN, help="the daemon (default: Debian's nagios4)")
    parser.add_argument(
        "--atalaia",
        action="store_true",
        help="record what Atalaia tells where it knowingly differs; read it before you keep it",
    )
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these stories only")
    parser.add_argument("--check", action="store_true", help="write nothing, say what is told differently")
    parser.add_argument(
        "--jobs",
        type=int,
        default=1,
        metavar="N",
        help="daemons that run at a time (default: 1, about 6 minutes; they mostly wait, so 4 cost little)",
    )
    return parser


def _settle(version: str, story: Story, lines: list[Told], *, only_look: bool) -> bool:
    """Stores a new or changed recording; True when there was another one before.

    One that differs in nothing but the second of a line stays as it is.
    """
    known = recording_path(version, story.name).exists()
    recorded = read_recording(version, story.name) if known else []
    found = difference(recorded, lines, loose="loose" in story.notes)
    if found and known:
        print(f"{story.name}: {found}")
    if not only_look and (found or not known):
        write_recording(version, story.name, lines)
    return bool(found and known)


if __name__ == "__main__":
    main()
