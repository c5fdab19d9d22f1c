"""Which language somebody means."""

import pytest

from atalaia.texts import negotiate, texts


@pytest.mark.parametrize("name", ["pt_BR", "pt-BR", "pt_BR.UTF-8", "pt", "PT-br", "pt_PT@euro", " pt-BR "])
def test_portuguese_is_known_by_all_its_names(name: str) -> None:
    assert texts(name).language == "pt_BR"


@pytest.mark.parametrize("name", ["en", "en_US.UTF-8", "C", "", "fr", "../../etc/passwd", "ptx"])
def test_anything_else_is_english(name: str) -> None:
    assert texts(name).language == "en"


def test_the_texts_of_a_language_are_made_once() -> None:
    assert texts("pt-BR") is texts("pt_BR.UTF-8")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("pt-BR,pt;q=0.9,en-US;q=0.8,en;q=0.7", "pt_BR"),
        ("en-US,en;q=0.9,pt;q=0.8", "en"),
        ("fr-FR, en;q=0.5, pt;q=0.6", "pt_BR"),
        ("pt;q=0.2, en ; q=0.9", "en"),
        ("pt;q=0", "en"),
        ("de", "en"),
        ("*", "en"),
        ("de, pt;q=0.4, *;q=0.1", "pt_BR"),
        ("", "en"),
        ("pt;q=nonsense, ;;;,,=", "en"),
        ("pt;q=nan, en;q=inf", "en"),
        ("en;q=0.5, pt;q=0.5", "en"),
    ],
)
def test_a_browser_gets_the_language_that_it_likes_best(header: str, language: str) -> None:
    assert negotiate(header) == language
