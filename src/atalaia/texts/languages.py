"""Which languages there are and which of them somebody means. No message text here."""

LANGUAGES = ("en", "pt_BR")
"""Languages with a complete set of messages; the first is the one in which messages are written."""

_BY_PRIMARY_TAG = {language.partition("_")[0]: language for language in LANGUAGES}


def find_language(wanted: str) -> str | None:
    """The language of ours that `wanted` means; None when there is none.

    `wanted` is a locale name (``pt_BR.UTF-8``), a tag (``pt-BR``) or only its start (``pt``). Who asks for
    another country's form gets the one we have.
    """
    primary = wanted.strip().replace("-", "_").partition("_")[0].partition(".")[0]
    return _BY_PRIMARY_TAG.get(primary.lower())


def negotiate(accept_language: str) -> str:
    """The language of ours that an HTTP Accept-Language header likes best; English when it likes none."""
    best, best_weight = LANGUAGES[0], 0.0
    for choice in accept_language.split(","):
        tag, _, parameters = choice.partition(";")
        language = LANGUAGES[0] if tag.strip() == "*" else find_language(tag)
        weight = _weight(parameters)
        if language is not None and weight > best_weight:  # on equal weights the first one named stands
            best, best_weight = language, weight
    return best


def _weight(parameters: str) -> float:
    """The q value among a choice's parameters: 1 when there is none, 0 ("never") when it is not a number."""
    name, _, value = parameters.partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0.0 <= weight <= 1.0 else 0.0
