"""Trains the product classifier from `dados/produtos.csv` and writes the model with its card.

Here: the recipe (features, estimator), the held-out measurement and the two files written; all but the recipe
also serves `train_sentiment.py`. Not here: serving the model (the API does that with joblib alone), the data.

The card (`card.json`) says what the model is: its version, which is a hash of the data, this file and
scikit-learn's version, and how it did on a third of the data that it had not seen. The model that is written is
then trained by the same recipe on all the data.
"""

import argparse
import csv
import hashlib
import json
import os
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

SEED = 20240607
MODEL_FILE = "classifier.joblib"
CARD_FILE = "card.json"


def model_version(data: Path, *further_recipes: Path) -> str:
    """What identifies a model: the same data, recipe, scikit-learn and Python give the same version."""
    digest = hashlib.sha256()
    for part in (file.read_bytes() for file in (data, Path(__file__), *further_recipes)):
        digest.update(len(part).to_bytes(8, "big") + part)
    digest.update(f"scikit-learn {version('scikit-learn')} python {sys.version_info[:2]}".encode())
    return digest.hexdigest()[:12]


def read_examples(data: Path, text_column: str, label_column: str) -> tuple[list[str], list[str]]:
    """Texts and their labels, in the file's order.

    Raises:
        ValueError: a line lacks its text or its label.
    """
    texts, labels = [], []
    with data.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text, label = (row[text_column] or "").strip(), (row[label_column] or "").strip()
            if not text or not label:
                raise ValueError(f"{data}: a line without {text_column} or {label_column}: {row}")
            texts.append(text)
            labels.append(label)
    return texts, labels


def recipe() -> "Pipeline":
    """The untrained classifier: words and pieces of words, without accents, into a logistic regression.

    Pieces of words make it bear typing errors, plurals and diminutives ("esponjinhas").
    """
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - a second that --if-needed saves
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline, make_union  # noqa: PLC0415

    words = TfidfVectorizer(ngram_range=(1, 2), strip_accents="unicode", sublinear_tf=True)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), strip_accents="unicode", sublinear_tf=True)
    return make_pipeline(make_union(words, pieces), LogisticRegression(C=10, max_iter=2000, random_state=SEED))


def measure(make: "Callable[[], Pipeline]", texts: list[str], labels: list[str]) -> dict[str, Any]:
    """How a recipe does on a third of the examples that it is not shown: accuracy, macro-F1, per category."""
    from sklearn.metrics import accuracy_score, precision_recall_fscore_support  # noqa: PLC0415
    from sklearn.model_selection import train_test_split  # noqa: PLC0415

    known, unseen, known_labels, unseen_labels = train_test_split(
        texts, labels, test_size=1 / 3, stratify=labels, random_state=SEED
    )
    predicted = make().fit(known, known_labels).predict(unseen)
    names = sorted(set(labels))
    precision, recall, f1, support = precision_recall_fscore_support(unseen_labels, predicted, labels=names)
    return {
        "accuracy": round(float(accuracy_score(unseen_labels, predicted)), 4),
        "macro_f1": round(float(f1.mean()), 4),
        "held_out": len(unseen),
        "per_category": {
            name: {
                "precision": round(float(precision[i]), 4),
                "recall": round(float(recall[i]), 4),
                "f1": round(float(f1[i]), 4),
                "held_out": int(support[i]),
            }
            for i, name in enumerate(names)
        },
    }


def write_files(model: "Pipeline", card: dict[str, Any], out: Path) -> None:
    """Writes a trained model and its card, each whole or not at all."""
    import joblib  # noqa: PLC0415

    out.mkdir(parents=True, exist_ok=True)
    # The card is written last: a card that is there vouches for the model beside it.
    (out / CARD_FILE).unlink(missing_ok=True)
    joblib.dump(model, out / f"{MODEL_FILE}.new")
    os.replace(out / f"{MODEL_FILE}.new", out / MODEL_FILE)  # noqa: PTH105 - rename over an existing file
    (out / f"{CARD_FILE}.new").write_text(
        json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    os.replace(out / f"{CARD_FILE}.new", out / CARD_FILE)  # noqa: PTH105


def write_model(data: Path, out: Path) -> dict[str, Any]:
    """Trains on the products, measures, writes both files and returns the card."""
    descriptions, categories = read_examples(data, "descricao", "categoria")
    card = {
        "version": model_version(data),
        "scikit_learn": version("scikit-learn"),
        "products": len(descriptions),
        **measure(recipe, descriptions, categories),
    }
    write_files(recipe().fit(descriptions, categories), card, out)
    return card


def is_current(wanted_version: str, out: Path) -> bool:
    """Whether the folder already holds the model that training would give."""
    try:
        card = json.loads((out / CARD_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return (out / MODEL_FILE).is_file() and card.get("version") == wanted_version


def report(card: dict[str, Any]) -> str:
    """The card as a few lines for a terminal."""
    of_all = f"accuracy {card['accuracy']:.1%} on {card['held_out']} unseen ones"
    lines = [f"Product classifier {card['version']}: {card['products']} products, {of_all}"]
    for label, figures in card["per_category"].items():
        lines.append(f"  {label:<10} precision {figures['precision']:.1%}  recall {figures['recall']:.1%}")
    return "\n".join(lines)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Train the product classifier.")
    parser.add_argument("--data", type=Path, required=True, help="CSV with the columns categoria,descricao")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model and its card")
    parser.add_argument("--if-needed", action="store_true", help="do nothing when the model is up to date")
    arguments = parser.parse_args()
    if arguments.if_needed and is_current(model_version(arguments.data), arguments.out):
        return
    print(report(write_model(arguments.data, arguments.out)))


if __name__ == "__main__":
    main()
