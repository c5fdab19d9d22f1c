"""Stories: small scripted histories that Nagios and Atalaia must tell alike.

A story is one text file, `tests/differential/stories/NAME.story`: comment lines that name the rules it shows,
then sections.

    --- main                    lines for the main file that differ from `BASE_MAIN`
    --- objects                 object definitions; templates, contacts and commands come from `BASE_OBJECTS`
    --- file: NAME              a file beside the configuration
    --- scenario                what happens, in the format of `atalaia simulate --scenario`
    --- until: SECONDS          when it ends; the second after its last step if it does not say
    --- alone: WHY              needs a daemon of its own, e.g. because it switches something for all
    --- loose: WHY              lines of different objects may come in any order
    --- differs: WHY            Nagios 4.4.6 and 4.5.12 tell it differently
    --- newer: WHY              Nagios 4.4.6 cannot tell it
    --- atalaia: WHY            Atalaia knowingly tells it differently

Second 0 is the second in which the daemon begins its work; the first step is not before second 2. Within one
second results come before commands. In all sections `@+N@` and `@-N@` stand for the epoch N seconds after and
before second 0, `@FOLDER@` for the folder of the configuration, `@TOMORROW@` for the name of the next day.

So that many stories can be played in one daemon, the names of a story's hosts, groups and contacts begin with
the story's name. Lines of a log are dealt out by these names, and those without by the commands they repeat.
"""

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

STORIES = Path(__file__).parent.parent / "differential" / "stories"

FIRST_SECOND = 2
"""Before that the daemon may still be starting."""

RESULTS = ("service", "host")
KINDS = {"service": 4, "host": 3, "command": 1}
"""Every kind of step and the number of fields that it has."""

NOTES = ("until", "alone", "loose", "differs", "newer", "atalaia")

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

BASE_MAIN = {
    "interval_length": "1",
    "log_notifications": "1",
    "log_service_retries": "1",
    "log_host_retries": "1",
    "log_event_handlers": "1",
    "log_external_commands": "1",
    "log_passive_checks": "1",
    "log_initial_states": "0",
    "check_external_commands": "1",
    "check_result_reaper_frequency": "1",
    "enable_notifications": "1",
    "enable_event_handlers": "1",
    "enable_flap_detection": "0",
    "check_service_freshness": "0",
    "check_host_freshness": "0",
    "service_check_timeout": "3600",
    "host_check_timeout": "3600",
    "service_inter_check_delay_method": "n",
    "host_inter_check_delay_method": "n",
    "service_interleave_factor": "1",
    "retain_state_information": "0",
    "status_update_interval": "60",
    "check_workers": "2",
    "check_for_updates": "0",
    "event_broker_options": "0",
    "use_syslog": "0",
    "illegal_macro_output_chars": "`~$&|'\"<>",
    "illegal_object_name_chars": "`~!$%^&*|'\"<>?,()=",
}
"""Everything is logged, and nothing happens of itself; a story says where it wants it otherwise."""

BASE_OBJECTS = """
define timeperiod {
 timeperiod_name always
 alias Always
 sunday 00:00-24:00
 monday 00:00-24:00
 tuesday 00:00-24:00
 wednesday 00:00-24:00
 thursday 00:00-24:00
 friday 00:00-24:00
 saturday 00:00-24:00
}
define timeperiod {
 timeperiod_name never
 alias Never
}
define timeperiod {
 timeperiod_name tomorrow
 alias Tomorrow
 @TOMORROW@ 00:00-24:00
}
define command {
 command_name check
 command_line /bin/sh @FOLDER@/plugin '$HOSTNAME$' '$SERVICEDESC$'
}
define command {
 command_name check-host
 command_line /bin/sh @FOLDER@/plugin '$HOSTNAME$'
}
define command {
 command_name tell
 command_line /bin/true
}
define command {
 command_name page
 command_line /bin/true
}
define command {
 command_name restart
 command_line /bin/true $ARG1$
}
define command {
 command_name clean-up
 command_line /bin/true
}
define contact {
 name contact
 host_notification_period always
 service_notification_period always
 host_notification_options d,u,r,f,s
 service_notification_options w,u,c,r,f,s
 host_notification_commands tell
 service_notification_commands tell
 register 0
}
define contact {
 use contact
 contact_name operator
}
define contact {
 use contact
 contact_name manager
}
define contact {
 use contact
 contact_name director
}
define host {
 name host
 check_command check-host
 check_period always
 check_interval 0
 retry_interval 100
 max_check_attempts 3
 notification_interval 1000
 notification_period always
 notification_options d,u,r,f,s
 contacts operator
 register 0
}
define service {
 name service
 check_command check
 check_period always
 check_interval 0
 retry_interval 100
 max_check_attempts 3
 notification_interval 1000
 notification_period always
 notification_options w,u,c,r,f,s
 contacts operator
 register 0
}
define host {
 use host
 host_name bystander
}
define service {
 use service
 host_name bystander
 service_description bystander
}
"""

_PATHS = {
    "log_file": "nagios.log",
    "cfg_file": "objects.cfg",
    "command_file": "nagios.cmd",
    "check_result_path": "spool",
    "temp_path": "temp",
    "temp_file": "nagios.tmp",
    "lock_file": "nagios.pid",
    "status_file": "status.dat",
    "object_cache_file": "objects.cache",
    "precached_object_file": "objects.precache",
    "state_retention_file": "retention.dat",
    "query_socket": "nagios.qh",
}

_DEFINITION = re.compile(
    r"^define\s+(host|contact|hostgroup|servicegroup|contactgroup|command|timeperiod)\s*\{(.*?)^\}",
    re.MULTILINE | re.DOTALL,
)


class StoryError(Exception):
    """A story file that does not keep the rules; says where and what."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path.name}: {what}")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a scenario."""

    second: int
    kind: str
    fields: tuple[str, ...]

    @property
    def line(self) -> str:
        """The step as the scenario file has it."""
        return "\t".join((str(self.second), self.kind, *self.fields))


@dataclass(slots=True)
class Story:
    """One small history; placeholders are still in its texts."""

    name: str
    title: str
    main: dict[str, str] = field(default_factory=dict)
    objects: str = ""
    files: dict[str, str] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def until(self) -> int:
        """The second after which nothing of it is looked at."""
        said = self.notes.get("until")
        return int(said) if said else self.steps[-1].second + 1

    def known_to(self, version: str) -> bool:
        """Can this version of Nagios tell it?"""
        return "newer" not in self.notes or not version.startswith("4.4.")

    @property
    def company(self) -> tuple[str, ...]:
        """Equal for stories that can be played in one daemon."""
        settings = [f"{name}={value}" for name, value in sorted(self.main.items())]
        return (self.name if "alone" in self.notes else "", *settings)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where and when stories are played: what the placeholders stand for."""

    folder: Path
    start: int

    def fill(self, text: str) -> str:
        """Puts places and times into a text."""
        text = re.sub(r"@([+-]\d+)@", lambda found: str(self.start + int(found[1])), text)
        tomorrow = WEEKDAYS[time.gmtime(self.start + 86400).tm_wday]
        return text.replace("@FOLDER@", str(self.folder)).replace("@TOMORROW@", tomorrow)

    def blank(self, text: str) -> str:
        """The way back: places and times of a text become placeholders."""
        text = text.replace(str(self.folder), "@FOLDER@")
        return re.sub(r"\b\d{10}\b", self._blank_epoch, text)

    def _blank_epoch(self, found: re.Match[str]) -> str:
        away = int(found[0]) - self.start
        return f"@{away:+d}@" if abs(away) < 10 * 86400 else found[0]


def all_stories() -> list[Story]:
    """Every story, by name."""
    return [read_story(path) for path in sorted(STORIES.glob("*.story"))]


def read_story(path: Path) -> Story:
    """Reads one story file. Raises StoryError."""
    head, *sections = re.split(r"^--- ", path.read_text(), flags=re.MULTILINE)
    title = " ".join(line.lstrip("# ") for line in head.splitlines() if line.startswith("#"))
    story = Story(path.stem, title)
    for section in sections:
        header, _, body = section.partition("\n")
        kind, _, said = (part.strip() for part in header.partition(":"))
        if kind == "main":
            pairs = (line.partition("=") for line in body.splitlines() if line.strip())
            story.main = {name: value for name, _, value in pairs}
        elif kind == "objects":
            story.objects = body
        elif kind == "file":
            story.files[said] = body
        elif kind == "scenario":
            story.steps = list(_read_steps(path, body))
        elif kind in NOTES and said:
            story.notes[kind] = said
        else:
            raise StoryError(path, f"unknown section: {header}")
    _check(path, story)
    return story


def _read_steps(path: Path, body: str) -> Iterator[Step]:
    for line in body.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        second, *rest = line.split("\t")
        kind, *fields = rest or [""]
        if not second.isdecimal() or kind not in KINDS or len(fields) != KINDS[kind]:
            raise StoryError(path, f"not a step: {line}")
        yield Step(int(second), kind, tuple(fields))


def _check(path: Path, story: Story) -> None:
    if not story.title or not story.steps:
        raise StoryError(path, "needs a title and a scenario")
    if story.steps[0].second < FIRST_SECOND:
        raise StoryError(path, f"begins before second {FIRST_SECOND}")
    order = [(step.second, step.kind not in RESULTS) for step in story.steps]
    if order != sorted(order):
        raise StoryError(path, "steps go back in time, or a result comes after a command in the same second")
    for name in (*defined_names(story), *story.files):
        if not name.startswith(story.name):
            raise StoryError(path, f"'{name}' does not begin with the story's name")


def mentions(text: str, name: str) -> bool:
    """Does a text hold the name of a story, or a name that begins with it?"""
    return re.search(rf"(?<![a-z0-9-]){re.escape(name)}(?![a-z0-9_])", text) is not None


def defined_names(story: Story) -> list[str]:
    """Names of the objects that the story defines itself, without its services."""
    found = []
    for kind, body in _DEFINITION.findall(story.objects):
        if "register 0" not in body:
            found += re.findall(rf"^\s*(?:{kind}_name)\s+(\S+)", body, re.MULTILINE)
    return found


def companies(stories: Iterable[Story]) -> list[list[Story]]:
    """The stories in groups that can be played in one daemon each."""
    groups: dict[tuple[str, ...], list[Story]] = {}
    for story in stories:
        groups.setdefault(story.company, []).append(story)
    return [groups[key] for key in sorted(groups)]


def write_configuration(frame: Frame, stories: Sequence[Story], main: dict[str, str]) -> Path:
    """Writes main file and objects of stories that are played together; returns the main file.

    `main` wins over all other settings.
    """
    folder = frame.folder
    for name in ("spool", "temp", "running"):
        (folder / name).mkdir(exist_ok=True)
    settings = {name: f"{folder}/{file}" for name, file in _PATHS.items()}
    settings |= BASE_MAIN | stories[0].main | main
    path = folder / "nagios.cfg"
    path.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    objects = [BASE_OBJECTS, *(story.objects for story in stories)]
    (folder / "objects.cfg").write_text(frame.fill("".join(objects)))
    return path


def write_files(frame: Frame, stories: Iterable[Story]) -> None:
    """Writes the stories' own files."""
    for story in stories:
        for name, text in story.files.items():
            (frame.folder / name).write_text(frame.fill(text))


def write_scenario(frame: Frame, story: Story) -> Path:
    """Writes a story's steps for `atalaia simulate`; returns the file."""
    path = frame.folder / f"{story.name}.scenario"
    path.write_text("".join(f"{frame.fill(step.line)}\n" for step in story.steps))
    return path
