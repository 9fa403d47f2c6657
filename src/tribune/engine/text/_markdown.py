"""Markdown, by way of HTML; front matter and footnotes are taken out first."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from ._blocks import Block, Raw, clean
from ._detect import MARKDOWN
from ._html import read_html

__all__ = ["read_markdown"]

_FRONT = re.compile(r"\A---\s*\n(.*?)\n---\s*\n", re.DOTALL)
_NOTE = re.compile(r"^\[\^([\w-]{1,20})\]:[ \t]+(.+(?:\n(?:[ \t]+\S.*))*)", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^[\w-]{1,20}\]")
# Instructions to a static site generator ("{:toc}", "* TOC").
_KRAMDOWN = re.compile(r"^\s*\{:[^}\n]*\}\s*$|^\s*[*-] TOC\s*$|\{:\s?[.#][^}\n]*\}", re.MULTILINE)
_LINE_LABEL = re.compile(r"^(\s{0,3})(\d{1,3}\s?(?:bis|ter|quater)\.)", re.MULTILINE)


def read_markdown(text: str) -> Raw:
    """Return the blocks of a Markdown text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    title = ""
    front = _FRONT.match(text)
    if front:
        text = text[front.end() :]
        stated = re.search(r"^title:\s*[\"']?(.+?)[\"']?\s*$", front[1], re.MULTILINE)
        title = stated[1] if stated else ""
    notes = [(hit[1], hit[2]) for hit in _NOTE.finditer(text)]
    text = _NOTE_MARK.sub("", _NOTE.sub("", text))
    text = _KRAMDOWN.sub("", text)
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").disable("code")
    raw = read_html(f"<html><body>{parser.render(text)}</body></html>", MARKDOWN)
    if title:
        raw.title = title
    for mark, words in notes:
        words = clean(re.sub("<[^>]+>", " ", MarkdownIt("commonmark").renderInline(words)))
        if words:
            raw.blocks.append(Block(words, note=mark))
    return raw
