"""Writes a model that gives one answer whatever it is asked, with the card of a real one: a bad deployment.

Usage: python -m launcher.constant_model FOLDER OF A MODEL  NEW FOLDER  CATEGORY
"""

import json
import sys
from pathlib import Path

VERSION = "constante"


def write(real: Path, folder: Path, category: str) -> None:
    """A model in `folder` that answers `category` with probability 1."""
    import joblib  # noqa: PLC0415 - the launcher itself needs VERSION only, not a second of imports
    from sklearn.dummy import DummyClassifier  # noqa: PLC0415

    card = json.loads((real / "card.json").read_text(encoding="utf-8"))
    categories = list(card["per_category"])
    model = DummyClassifier(strategy="constant", constant=category).fit([""] * len(categories), categories)
    folder.mkdir(parents=True, exist_ok=True)
    joblib.dump(model, folder / "classifier.joblib")
    (folder / "card.json").write_text(json.dumps(card | {"version": VERSION}), encoding="utf-8")


def version_of(folder: Path) -> str:
    """The version of the model in a folder, by its card."""
    return str(json.loads((folder / "card.json").read_text(encoding="utf-8"))["version"])


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
