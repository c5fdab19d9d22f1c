"""The trained product classifier as its users see it: a description in, a category and its probability out.

Here: loading the model that training left behind and asking it. Not here: training it, and HTTP.
"""

import json
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

import joblib


class ModelUnusableError(Exception):
    """There is no model in the folder, or it was made for another scikit-learn."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """The most probable category of a description and its probability, 0 to 1."""

    category: str
    probability: float


@dataclass(frozen=True, slots=True)
class Classifier:
    """A model and its card."""

    pipeline: Any
    card: dict[str, Any]

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Reads the model in a folder.

        Raises:
            ModelUnusableError: no whole model there, or one of another scikit-learn, for whose answers
                nobody vouches.
        """
        try:
            card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
            if card["scikit_learn"] != version("scikit-learn"):
                raise ModelUnusableError(
                    f"{folder} holds a model of scikit-learn {card['scikit_learn']}, "
                    f"{version('scikit-learn')} is installed: train it again"
                )
            return cls(pipeline=joblib.load(folder / "classifier.joblib"), card=card)
        except (OSError, ValueError, KeyError, EOFError, pickle.UnpicklingError) as error:
            raise ModelUnusableError(f"no usable model in {folder} ({error!r}): train it first") from error

    def predict(self, description: str) -> Prediction:
        """The category of one description."""
        return self.predict_all([description])[0]

    def predict_all(self, descriptions: Sequence[str]) -> list[Prediction]:
        """The categories of several descriptions, in their order; many at once cost little more than one."""
        if not descriptions:
            return []
        return [
            Prediction(str(self.pipeline.classes_[row.argmax()]), round(float(row.max()), 4))
            for row in self.pipeline.predict_proba(list(descriptions))
        ]
