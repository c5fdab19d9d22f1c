"""What people read, in their language: English is the key, other languages are catalogues beside this file.

Machine surfaces (the API's fields, Nagios' log format, external commands) never pass through here.
"""

from atalaia.texts.languages import LANGUAGES, negotiate
from atalaia.texts.wording import Texts, preload, texts, to_say

__all__ = ["LANGUAGES", "Texts", "negotiate", "preload", "texts", "to_say"]
