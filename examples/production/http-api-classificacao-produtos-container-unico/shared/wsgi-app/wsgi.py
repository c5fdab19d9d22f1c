"""What gunicorn serves (`gunicorn wsgi:app`): the API around the model in the folder that MODEL_DIR names."""

import os
import sys
from pathlib import Path

from api import create_app
from classifier import Classifier, ModelUnusableError

try:
    app = create_app(Classifier.load(Path(os.environ.get("MODEL_DIR", "model"))))
except ModelUnusableError as problem:
    sys.exit(f"wsgi-app: {problem}")
