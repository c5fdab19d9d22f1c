"""The products that the classifier learns from, and what it has learnt."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from support.production import FIRST_TIME, PRODUCTION, run_production

pytestmark = [pytest.mark.slow, pytest.mark.timeout(FIRST_TIME)]

DATA = PRODUCTION / "dados" / "produtos.csv"
TRAIN = PRODUCTION / "model" / "train.py"
KNOWN_ANSWERS = {
    "kit 4 esponjas": "maquiagem",
    "batom vermelho": "maquiagem",
    "soldadinhos de plástico": "brinquedo",
    "dark souls": "game",
    "O senhor dos anéis": "livro",
}


def products() -> list[tuple[str, str]]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return [(row["descricao"], row["categoria"]) for row in csv.DictReader(file)]


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    done = run_production([str(TRAIN), "--data", str(DATA), "--out", str(folder)])
    assert done.returncode == 0, done.stderr
    return folder


def predictions(folder: Path, descriptions: list[str]) -> list[str]:
    program = (
        "import joblib, json, sys\n"
        "print(json.dumps(list(joblib.load(sys.argv[1]).predict(json.loads(sys.argv[2])))))\n"
    )
    done = run_production(["-c", program, str(folder / "classifier.joblib"), json.dumps(descriptions)])
    assert done.returncode == 0, done.stderr
    answers: list[str] = json.loads(done.stdout)
    return answers


def test_each_category_has_at_least_150_descriptions() -> None:
    counts = Counter(category for _, category in products())

    assert set(counts) == {"livro", "maquiagem", "brinquedo", "game"}
    assert min(counts.values()) >= 150


def test_no_description_stands_there_twice() -> None:
    counts = Counter(description.casefold().strip() for description, _ in products())

    assert [description for description, count in counts.items() if count > 1] == []


def test_descriptions_are_lines_of_text_that_fit_the_form() -> None:
    assert [
        description
        for description, _ in products()
        if not 4 <= len(description) <= 120
        or not description.isprintable()
        or description != description.strip()
    ] == []


def test_the_known_answers_are_not_in_the_data() -> None:
    learnt = {description.casefold() for description, _ in products()}

    assert [question for question in KNOWN_ANSWERS if question.casefold() in learnt] == []


def test_no_word_gives_a_category_away() -> None:
    """The name of a category also stands in descriptions of others, so that it decides nothing by itself."""
    for word, stem in (("livro", "livr"), ("maquiagem", "maqui"), ("brinquedo", "brinq"), ("game", "game")):
        others = [text for text, category in products() if category != word and stem in text.casefold()]

        assert len(others) >= 3, word


def test_it_gives_the_known_answers(trained: Path) -> None:
    assert predictions(trained, list(KNOWN_ANSWERS)) == list(KNOWN_ANSWERS.values())


def test_it_bears_missing_accents_typing_errors_and_plurals(trained: Path) -> None:
    questions = [
        "soldadinho de plastico",
        "batons vermelhos",
        "kit 6 esponjinhas",
        "o senhor dos aneis livro usado",
    ]

    assert predictions(trained, questions) == ["brinquedo", "maquiagem", "maquiagem", "livro"]


def test_it_is_right_on_nine_of_ten_products_that_it_has_not_seen(trained: Path) -> None:
    card = json.loads((trained / "card.json").read_text())

    assert card["accuracy"] >= 0.9
    assert card["held_out"] == pytest.approx(card["products"] / 3, abs=1)


def test_the_card_reports_every_category(trained: Path) -> None:
    card = json.loads((trained / "card.json").read_text())

    assert set(card["per_category"]) == {"livro", "maquiagem", "brinquedo", "game"}
    assert all(figures["recall"] >= 0.8 for figures in card["per_category"].values())


def test_training_again_gives_the_same_figures_and_version(trained: Path, tmp_path: Path) -> None:
    again = run_production([str(TRAIN), "--data", str(DATA), "--out", str(tmp_path)])

    assert again.returncode == 0, again.stderr
    assert (tmp_path / "card.json").read_text() == (trained / "card.json").read_text()


def test_the_version_changes_with_the_data(trained: Path, tmp_path: Path) -> None:
    changed = tmp_path / "produtos.csv"
    changed.write_text(DATA.read_text(encoding="utf-8") + "livro,um livro a mais\n", encoding="utf-8")
    done = run_production([str(TRAIN), "--data", str(changed), "--out", str(tmp_path)])

    assert done.returncode == 0, done.stderr
    versions = [json.loads((folder / "card.json").read_text())["version"] for folder in (trained, tmp_path)]
    assert versions[0] != versions[1]


def test_a_model_that_is_up_to_date_is_left_alone(trained: Path) -> None:
    before = (trained / "classifier.joblib").stat().st_mtime_ns
    done = run_production([str(TRAIN), "--if-needed", "--data", str(DATA), "--out", str(trained)])

    assert (done.returncode, done.stdout) == (0, "")
    assert (trained / "classifier.joblib").stat().st_mtime_ns == before
