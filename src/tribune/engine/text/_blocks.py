"""What every reader hands on: blocks of clean text, with what the format knows about each."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from ..types import Notice

__all__ = ["Block", "Raw", "clean", "squeeze"]

# Bidirectional controls, zero-width spaces, byte order marks, soft hyphens: seen by machines only.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ue000-\uf8ff\U000f0000-\U0010ffff\ud800-\udfff]"
)
# Letters that only fonts use: ligatures and positional Arabic forms. NFKC would also touch "²" and "…".
_FORMS = re.compile("[\ufb00-\ufb06\ufb50-\ufdfb\ufe70-\ufefc]+")
_SPACES = re.compile(r"[\s\u00a0\u0085\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\u00a0": " ", "\u202f": " "})
# Marks that a PDF tore off their letter; where they belonged cannot be told.
_TORN_MARKS = re.compile(r"(?:^|(?<=\s))[\u064b-\u0652]+(?:\s|$)")


@dataclass(slots=True)
class Block:
    """One paragraph as the file has it, before anybody looked at numbers.

    `level` is a heading level stated by the format (0: none). `label` is a mark stated by the format, else
    it still stands in `text`. `indent` is in points and `depth` counts list nesting. `note` holds the mark of a
    footnote. `scope` opens a part with numbers of its own ("res-2"). `kind` is set only where the format
    knows better than the words.
    """

    text: str
    page: int | None = None
    level: int = 0
    label: str = ""
    bold: bool = False
    italic: bool = False
    size: float = 0.0
    centred: bool = False
    indent: float = 0.0
    depth: int = 0
    note: str | None = None
    scope: str = ""
    kind: str = ""
    loose: bool = False


@dataclass(slots=True)
class Raw:
    """A file read into blocks: `title` and `symbol` as far as the format states them.

    `hint` is a title nobody may have looked at (file properties): better than none.
    """

    blocks: list[Block]
    media_type: str
    pages: int | None = None
    title: str = ""
    hint: str = ""
    symbol: str = ""
    language: str = ""
    notices: list[Notice] = field(default_factory=list)


def squeeze(text: str) -> str:
    """Return the text with every run of white space as one space, and none at the ends."""
    return _SPACES.sub(" ", text).strip()


def clean(text: str) -> str:
    """Return the text as paragraphs carry it: NFC, no invisible or private-use characters, single spaces.

    >>> clean("e\\u0301tat\\u00a0de  l\\u2019ar\\ue012t")
    'état de l’art'
    """
    text = _INVISIBLE.sub("", text)
    text = _FORMS.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text)
    text = squeeze(text.translate(_HYPHENS))
    text = squeeze(_TORN_MARKS.sub("", text))
    return unicodedata.normalize("NFC", text)
