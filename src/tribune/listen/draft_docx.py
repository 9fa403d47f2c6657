"""A text as a Word file to answer in: numbered, changes tracked from the first keystroke, each paragraph marked.

What was published can be shown in it as tracked changes and comments; their authors bear a public id, so that the
reader of the returned file (`outside._word`) knows them from what a colleague wrote.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from tribune.engine.align import redline
from tribune.watch.models import Paragraph, Rendition

from .models import Consultation, Contribution

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def draft_docx(*, consultation: Consultation, rendition: Rendition, paragraphs: Sequence[Paragraph],
               said: Sequence[Contribution] = ()) -> bytes:
    """Return the text as DOCX. One amendment a paragraph is drawn in it; further ones stand as comments beside."""
    file = Document()
    file.styles["Normal"].font.name = "Noto Serif"
    file.styles["Normal"].font.size = Pt(11)
    for stamp in ("created", "modified"):
        setattr(file.core_properties, stamp, _EPOCH)
    file.core_properties.title = _clean(str(consultation))[:255]
    file.core_properties.language = rendition.language
    file.settings.element.append(OxmlElement("w:trackRevisions"))
    rtl = rendition.language == "ar"
    by_passage: dict[int | None, list[Contribution]] = defaultdict(list)
    for row in said:
        by_passage[row.passage_id].append(row)
    _guide(file, str(consultation))
    _guide(file, _("Change the words as you would in any text: the changes are tracked. Comment to say why; a comment "
                   "that begins with KEEP asks that a paragraph stays. Then bring this file back."))
    for place, paragraph in enumerate(paragraphs, start=1):
        _paragraph(file, paragraph, by_passage[paragraph.passage_id], place, rtl)
    kept = io.BytesIO()
    file.save(kept)
    return kept.getvalue()


def _guide(file: Any, words: str) -> None:
    run = file.add_paragraph().add_run(_clean(words))
    run.italic = True


def _paragraph(file: Any, paragraph: Paragraph, said: Sequence[Contribution], place: int, rtl: bool) -> None:
    heading = paragraph.kind == "heading"
    written = file.add_paragraph(style="Heading 2" if heading else None)
    if rtl:
        written._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    start = OxmlElement("w:bookmarkStart")
    start.set(qn("w:id"), str(place))
    start.set(qn("w:name"), f"tribune_{paragraph.passage.uid}")
    written._p.append(start)
    label = paragraph.label or paragraph.number
    if label and not heading:
        written.add_run(f"{_clean(label)} ")
    changing = next((row for row in said if row.act in ("ADD", "CHANGE", "DELETE")
                     and row.text_sha256 == paragraph.sha256), None)
    if changing is None:
        written.add_run(_clean(paragraph.text))
    else:
        wording = changing.wording
        for n, (sign, words) in enumerate(redline(paragraph.text, wording) if wording else (("-", paragraph.text),)):
            _piece(written, sign, words, changing, place * 1000 + n)
    end = OxmlElement("w:bookmarkEnd")
    end.set(qn("w:id"), str(place))
    written._p.append(end)
    for row in said:
        told = row.why
        if row is not changing and row.wording:
            told = f"{_('Proposed wording:')} {row.wording}\n{told}".strip()
        told = f"{row.get_act_display()}{f', {row.get_strength_display()}' if row.strength else ''}. {told}".strip()
        if written.runs:
            file.add_comment(written.runs, text=_clean(told), author=_author(row), initials="")


def _piece(written: Any, sign: str, words: str, row: Contribution, key: int) -> None:
    run = written.add_run(_clean(words))
    if sign == "=":
        return
    change = OxmlElement("w:ins" if sign == "+" else "w:del")
    change.set(qn("w:id"), str(key))
    change.set(qn("w:author"), _author(row))
    change.set(qn("w:date"), f"{row.made_at:%Y-%m-%d}T00:00:00Z")
    if sign == "-":
        for text in run._r.findall(qn("w:t")):
            text.tag = qn("w:delText")
    written._p.remove(run._r)
    change.append(run._r)
    written._p.append(change)


def _author(row: Contribution) -> str:
    # Word keeps at most 255 characters; the id at the end must stay whole.
    return f"{_clean(str(row.city) if row.city else _('A person'))[:200]} [{row.public_id}]"


def _clean(words: str) -> str:
    return _ILLEGAL.sub("", words)
