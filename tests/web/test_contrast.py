"""Every text colour can be read on every ground that it stands on, in light and dark (WCAG 2 AA: 4.5 to 1)."""

import re

import pytest

from atalaia.web.assets import FOLDER

CSS = (FOLDER / "base.css").read_text("utf-8")
LIGHT, DARK = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
TONES = ("ok", "warning", "critical", "unknown", "unreachable", "pending", "news")
GROUNDS = ("paper", "surface", "raised", *(f"{tone}-ground" for tone in TONES))

PAIRS = [
    *((text, ground) for text in ("ink", "quiet", "link") for ground in GROUNDS),
    *((tone, ground) for tone in TONES for ground in ("paper", "surface", f"{tone}-ground")),
]


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read(scheme: str, text: str, ground: str) -> None:
    named = colours(scheme)

    assert contrast(named[text], named[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "surface"])
def test_the_mark_of_the_keyboard_can_be_seen(scheme: str, ground: str) -> None:
    named = colours(scheme)

    assert contrast(named["focus"], named[ground]) >= 3


def test_the_formula_agrees_with_the_known_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_both_schemes_name_the_same_colours() -> None:
    assert set(colours(LIGHT)) == set(colours(DARK))


def test_no_other_file_has_colours_of_its_own() -> None:
    others = [file for file in FOLDER.glob("*.css") if file.name != "base.css"]

    assert others
    assert [
        found
        for file in others
        for found in re.findall(r"#[0-9a-f]{3,6}\b(?![^{]*\{)", file.read_text("utf-8"))
    ] == []
