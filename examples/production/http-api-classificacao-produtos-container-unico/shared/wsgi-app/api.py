"""The HTTP face of the classifier: `POST /predizer_categoria` and `GET /health_check`.

Here: what is a well-formed question, and every answer as JSON, errors in Portuguese as `{"erro": …}`. Not here:
the model. Whoever calls gets a 4xx for what is wrong with the question and never a page of HTML.
"""

import json
from typing import Any

from classifier import Classifier
from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

LARGEST_BODY = 64 * 1024
LONGEST_DESCRIPTION = 2000

MESSAGES = {
    400: "A requisição não pôde ser entendida.",
    404: "Endereço inexistente. Use POST /predizer_categoria ou GET /health_check.",
    405: "Método não permitido neste endereço.",
    413: f"Requisição grande demais: o limite é de {LARGEST_BODY // 1024} KB.",
    500: "Erro interno do classificador.",
}


class BadQuestionError(Exception):
    """The body of a request is not a question that the classifier can answer."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def description_in(body: bytes) -> str:
    """The description that a request asks about, without blanks around it.

    Raises:
        BadQuestionError: 413 when the body is too large, 400 when it is not a JSON object, 422 when it has no
            usable `descricao`.
    """
    if len(body) > LARGEST_BODY:
        raise BadQuestionError(413, MESSAGES[413])
    try:
        question = json.loads(body)
    except (ValueError, RecursionError) as error:  # ValueError: also text that is not UTF-8
        raise BadQuestionError(400, "O corpo da requisição não é um JSON válido.") from error
    if not isinstance(question, dict):
        raise BadQuestionError(400, 'Envie um objeto JSON, por exemplo {"descricao": "kit 4 esponjas"}.')
    if "descricao" not in question:
        raise BadQuestionError(422, "Falta o campo descricao.")
    description = question["descricao"]
    if not isinstance(description, str):
        raise BadQuestionError(422, "O campo descricao deve ser um texto.")
    description = description.strip()
    if not description:
        raise BadQuestionError(422, "O campo descricao está vazio.")
    if not any(character.isalnum() for character in description):
        raise BadQuestionError(422, "O campo descricao não tem palavra nem número.")
    if len(description) > LONGEST_DESCRIPTION:
        raise BadQuestionError(422, f"O campo descricao passa de {LONGEST_DESCRIPTION} caracteres.")
    return description


def create_app(classifier: Classifier) -> Flask:
    """The WSGI application around one classifier."""
    app = Flask("api")
    # One byte more than is taken: Flask cuts a body without a declared length at its limit without a word.
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY + 1
    app.json.ensure_ascii = False  # type: ignore[attr-defined]

    @app.post("/predizer_categoria")
    def predict_category() -> Response:
        prediction = classifier.predict(description_in(request.get_data()))
        return jsonify(categoria=prediction.category, probabilidade=prediction.probability)

    @app.get("/health_check")
    def health_check() -> Response:
        # A prediction is part of the answer: a process that listens and cannot predict is not healthy.
        sample = classifier.predict("batom vermelho")
        model: dict[str, Any] = {"versao": classifier.card["version"], "acuracia": classifier.card["accuracy"]}
        return jsonify(status="ok", modelo=model, amostra={"batom vermelho": sample.category})

    @app.errorhandler(BadQuestionError)
    def bad_question(error: BadQuestionError) -> tuple[Response, int]:
        return jsonify(erro=error.message), error.status

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> tuple[Response, int, dict[str, str]]:
        status = error.code or 500
        allowed = getattr(error, "valid_methods", None)
        return (
            jsonify(erro=MESSAGES.get(status, error.name)),
            status,
            {"Allow": ", ".join(allowed)} if allowed else {},
        )

    return app
