"""The trained sentiment classifier as the consumer sees it: a message in, a verdict out.

Here: loading the model that training left behind and asking it. Not here: training it, and Kafka. `lexico.py`
must be beside this file: the model refers to it.
"""

import json
import pickle
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

import joblib

FACES = {"positivo": ":)", "negativo": ":(", "neutro": ":|"}


class ModelUnusableError(Exception):
    """There is no model in the folder, or it was made for another scikit-learn."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The most probable sentiment of a message, as a word and as a face, and its probability, 0 to 1."""

    sentiment: str
    face: str
    probability: float


@dataclass(frozen=True, slots=True)
class Analyser:
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
        except (OSError, ValueError, KeyError, EOFError, AttributeError, pickle.UnpicklingError) as error:
            raise ModelUnusableError(f"no usable model in {folder} ({error!r}): train it first") from error

    def judge(self, message: str) -> Verdict:
        """The sentiment of one message."""
        probabilities = self.pipeline.predict_proba([message])[0]
        best = probabilities.argmax()
        sentiment = str(self.pipeline.classes_[best])
        return Verdict(sentiment, FACES[sentiment], round(float(probabilities[best]), 4))
