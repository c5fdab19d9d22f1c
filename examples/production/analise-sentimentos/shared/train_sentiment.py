"""Trains the sentiment classifier from `dados/mensagens.csv` and writes the model with its card.

Here: the recipe. Not here: what it shares with the product classifier (measuring, cards, files: `train.py`),
and how words are cut and weighed (`analise-sentimentos/lexico.py`, which whoever loads the model needs too).

The card says how the recipe did on a third of the messages that it had not seen; it is then trained on all.
"""

import argparse
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import train

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

HERE = Path(__file__).parent
LEXICON_FOLDERS = (HERE.parent / "analise-sentimentos", HERE.parent, HERE)


def lexicon_file() -> Path:
    """The module with the words: beside the consumer; in an image, in the folder above or beside this file.

    Raises:
        FileNotFoundError: it lies in none of these places.
    """
    for folder in LEXICON_FOLDERS:
        if (folder / "lexico.py").is_file():
            return folder / "lexico.py"
    raise FileNotFoundError(f"lexico.py is missing in {', '.join(map(str, LEXICON_FOLDERS))}")


def model_version(data: Path) -> str:
    """What identifies a model; see `train.model_version`."""
    return train.model_version(data, Path(__file__), lexicon_file())


def recipe() -> "Pipeline":
    """The untrained classifier: marked words, pieces of words and the tone into a logistic regression."""
    sys.path.insert(0, str(lexicon_file().parent))
    import lexico  # noqa: PLC0415 - lies in another folder
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - a second that --if-needed saves
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline, make_union  # noqa: PLC0415

    words = TfidfVectorizer(analyzer=lexico.marked_words, sublinear_tf=True)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), strip_accents="unicode", sublinear_tf=True)
    features = make_union(words, pieces, lexico.Tone())
    return make_pipeline(features, LogisticRegression(C=5, max_iter=2000, random_state=train.SEED))


def write_model(data: Path, out: Path) -> dict[str, Any]:
    """Trains on the messages, measures, writes both files and returns the card."""
    messages, sentiments = train.read_examples(data, "mensagem", "sentimento")
    card = {
        "version": model_version(data),
        "scikit_learn": version("scikit-learn"),
        "messages": len(messages),
        **train.measure(recipe, messages, sentiments),
    }
    train.write_files(recipe().fit(messages, sentiments), card, out)
    return card


def report(card: dict[str, Any]) -> str:
    """The card as a few lines for a terminal."""
    of_all = f"macro-F1 {card['macro_f1']:.3f} on {card['held_out']} unseen ones"
    lines = [f"Sentiment classifier {card['version']}: {card['messages']} messages, {of_all}"]
    for label, figures in card["per_category"].items():
        scores = f"precision {figures['precision']:.1%}  recall {figures['recall']:.1%}  F1 {figures['f1']:.3f}"
        lines.append(f"  {label:<10} {scores}")
    return "\n".join(lines)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Train the sentiment classifier.")
    parser.add_argument("--data", type=Path, required=True, help="CSV with the columns sentimento,mensagem")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model and its card")
    parser.add_argument("--if-needed", action="store_true", help="do nothing when the model is up to date")
    arguments = parser.parse_args()
    if arguments.if_needed and train.is_current(model_version(arguments.data), arguments.out):
        return
    print(report(write_model(arguments.data, arguments.out)))


if __name__ == "__main__":
    main()
