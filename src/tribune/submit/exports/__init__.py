"""A submission as files: one content, many renderings, the same bytes each time."""

from ._content import Content, Note, Said, SectionText, Signer, content, in_words
from ._render import FORMATS, MEDIA, render

__all__ = ["FORMATS", "MEDIA", "Content", "Note", "Said", "SectionText", "Signer", "content", "in_words", "render"]
