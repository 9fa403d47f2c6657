"""Which of the six languages a text is in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from ..types import LANGUAGES, Paragraph

__all__ = ["language_of", "language_of_paragraphs"]

_WORDS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the text's language, one of the six, or "" when unsure.

    Fewer than 12 letters (5 Han characters) are too few to tell. Source: py3langid, restricted to the six.

    >>> language_of("The General Assembly reaffirms its resolutions."), language_of("A/80/L.41")
    ('en', '')
    """
    sample = " ".join(_WORDS.findall(text[:20_000]))[:4000]
    letters = len(sample.replace(" ", ""))
    han = len(re.findall("[\u4e00-\u9fff]", sample))
    if letters < 12 and han < 5:
        return ""
    if han * 2 > letters:
        return "zh" if not re.search("[\u3040-\u30ff]", sample) else ""
    language, sure = _identifier().classify(sample.lower())
    return str(language) if sure >= 0.7 and _script_fits(str(language), sample) else ""


def language_of_paragraphs(paragraphs: tuple[Paragraph, ...]) -> str:
    """Return the language of a whole text, judged by its paragraphs rather than its masthead."""
    body = [item.text for item in paragraphs if item.kind not in ("note", "heading", "other")]
    text = " ".join(body)
    if len(text) < 200:
        text = " ".join(item.text for item in paragraphs if item.kind != "note")
    return language_of(text)


_SCRIPTS = {"ar": "[\u0600-\u06ff]", "ru": "[\u0400-\u04ff]", "zh": "[\u4e00-\u9fff]"}


def _script_fits(language: str, sample: str) -> bool:
    letters = len(sample.replace(" ", ""))
    return len(re.findall(_SCRIPTS.get(language, "[A-Za-z\u00c0-\u024f]"), sample)) * 2 >= letters
