"""What a sentence about an event is made of."""

import msgspec


class Sentence(msgspec.Struct, frozen=True):
    """What happened, in one sentence; `detail` is text from outside (plugin output, an error), shown apart."""

    tone: str
    text: str
    detail: str = ""
