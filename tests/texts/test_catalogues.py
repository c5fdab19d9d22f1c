"""Every message that the source says has its translations, and the catalogues hold nothing else."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from atalaia.texts import LANGUAGES
from support.messages_in_source import (
    SOURCE,
    Said,
    built_in_python,
    everything_said,
    placeholders,
    python_files,
    said_in_python,
    said_in_template,
)

TRANSLATED = LANGUAGES[1:]


def areas(language: str) -> list[Path]:
    return sorted((SOURCE / "texts" / language).glob("*.po"))


def catalog(file: Path, language: str) -> Catalog:
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def entries(language: str) -> list[tuple[str, Message]]:
    return [(file.name, entry) for file in areas(language) for entry in catalog(file, language) if entry.id]


def ids(entry: Message) -> tuple[str, ...]:
    return (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)


def strings(entry: Message) -> tuple[str, ...]:
    if isinstance(entry.string, str):
        return (entry.string,)
    return tuple(entry.string or ())


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_has_a_translation(language: str) -> None:
    translated = {ids(entry) for _, entry in entries(language) if all(strings(entry)) and not entry.fuzzy}

    missing = [
        f"{said.where}: {said.messages[0]!r}" for said in everything_said() if said.messages not in translated
    ]

    assert missing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_catalogue_holds_a_message_that_nobody_says(language: str) -> None:
    spoken = {said.messages for said in everything_said()}

    obsolete = [f"{area}: {ids(entry)[0]!r}" for area, entry in entries(language) if ids(entry) not in spoken]

    assert obsolete == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_uses_the_places_of_its_message(language: str) -> None:
    differing = []
    for area, entry in entries(language):
        wanted = set().union(*(placeholders(text) for text in ids(entry)))
        optional = {"n"} if len(ids(entry)) > 1 else set()  # "one problem" may do without the number
        for translation in strings(entry):
            found = placeholders(translation)
            if not wanted - optional <= found <= wanted | optional:
                differing.append(f"{area}: {translation!r}")

    assert differing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_plural_has_all_forms_of_the_language(language: str) -> None:
    for file in areas(language):
        area = catalog(file, language)
        for entry in area:
            if not isinstance(entry.id, str):
                assert len(strings(entry)) == area.num_plurals, f"{file.name}: {entry.id[0]}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_message_in_two_areas_is_translated_alike(language: str) -> None:
    seen: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {}
    contradictions = []
    for area, entry in entries(language):
        first_area, first = seen.setdefault(ids(entry), (area, strings(entry)))
        if first != strings(entry):
            contradictions.append(f"{first_area} and {area}: {ids(entry)[0]!r}")

    assert contradictions == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_all_areas_of_a_language_count_alike(language: str) -> None:
    assert len({catalog(file, language).plural_forms for file in areas(language)}) == 1


def test_every_place_of_a_message_is_given_a_value() -> None:
    unfilled = [
        f"{said.where}: {said.messages[0]!r}"
        for said in everything_said()
        if said.given is not None and any(placeholders(text) - said.given for text in said.messages)
    ]

    assert unfilled == []


def test_no_message_is_put_together_while_running() -> None:
    built = [
        place
        for file in python_files()
        for place in built_in_python(file.read_text("utf-8"), str(file.relative_to(SOURCE)))
    ]

    assert built == []


def test_the_scan_sees_calls_in_python() -> None:
    text = 't.say("Hello {name}", name=x)\nself.t.plural("{n} cat", "{n} cats", 3)\nto_say("Later {when}")\n'

    assert sorted(said_in_python(text, "a.py")) == sorted(
        [
            Said("a.py:1", ("Hello {name}",), frozenset({"name"})),
            Said("a.py:2", ("{n} cat", "{n} cats"), frozenset({"n"})),
            Said("a.py:3", ("Later {when}",), None),
        ]
    )


def test_the_scan_sees_a_message_built_while_running() -> None:
    assert list(built_in_python('t.say(f"Hello {name}")\nt.say("a" + b)\nt.say("fine")\n', "a.py")) == [
        "a.py:1",
        "a.py:2",
    ]


def test_the_scan_sees_calls_in_templates() -> None:
    text = '{{ say("Hello {name}", name=x) }}\n{% if a %}{{ t.plural("{n} cat", "{n} cats", n) }}{% endif %}'

    assert list(said_in_template(text, "a.html")) == [
        Said("a.html:1", ("Hello {name}",), frozenset({"name"})),
        Said("a.html:2", ("{n} cat", "{n} cats"), frozenset({"n"})),
    ]
