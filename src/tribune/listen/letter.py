"""A city's letter as a Word file, in the active language."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx import Document
from docx.oxml import OxmlElement
from docx.shared import Pt, RGBColor

from tribune.people.models import City, Mandate

from .models import Consultation, Contribution

# What XML cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def letter_docx(*, city: City, consultation: Consultation, on: date,
                rows: Iterable[tuple[Contribution, Sequence[tuple[str, str]], Mandate | None]]) -> bytes:
    """Return the letter: to whom, about what, each position with its marks, its reason and its mandate."""
    file = Document()
    file.styles["Normal"].font.name = "Noto Serif"
    file.styles["Normal"].font.size = Pt(11)
    for stamp in ("created", "modified"):
        setattr(file.core_properties, stamp, _EPOCH)
    rtl = (get_language() or "en").startswith("ar")
    _say(file, str(city), rtl=rtl, bold=True)
    _say(file, date_format(on, "DATE_FORMAT"), rtl=rtl)
    _say(file, _("To: %(who)s") % {"who": consultation.organisation}, rtl=rtl)
    _say(file, _("About: %(what)s") % {"what": consultation}, rtl=rtl, bold=True)
    n = 0
    for row, marks, mandate in rows:
        n += 1
        where = (_("Paragraph %(path)s") % {"path": row.passage.path} if row.passage else
                 _("Question %(n)d") % {"n": row.question.order} if row.question else _("On the whole"))
        strength = f", {row.get_strength_display()}" if row.strength else ""
        _say(file, f"{where}: {row.get_act_display()}{strength}", rtl=rtl, bold=True)
        if row.act in ("ADD", "CHANGE", "DELETE"):
            _marks(file, marks, rtl=row.rendition is not None and row.rendition.language == "ar")
        if row.why:
            _say(file, row.why, rtl=row.language == "ar")
        if mandate is not None:
            behind = [mandate.get_level_display(), mandate.body, date_format(mandate.given_on, "DATE_FORMAT")]
            _say(file, _("Behind it: %(what)s") % {"what": " · ".join(filter(None, behind))}, rtl=rtl, small=True)
    if not n:
        _say(file, _("No position was sent yet."), rtl=rtl)
    kept = io.BytesIO()
    file.save(kept)
    return kept.getvalue()


def _say(file: Any, words: str, *, rtl: bool, bold: bool = False, small: bool = False) -> Any:
    paragraph = file.add_paragraph()
    run = paragraph.add_run(_ILLEGAL.sub("", words))
    run.bold = bold
    if small:
        run.font.size = Pt(9)
    if rtl:
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    return paragraph


def _marks(file: Any, marks: Sequence[tuple[str, str]], *, rtl: bool) -> None:
    # Readable in grey print: underlined is put in, struck is taken out.
    paragraph = file.add_paragraph()
    for sign, words in marks:
        run = paragraph.add_run(_ILLEGAL.sub("", words))
        if sign == "+":
            run.underline, run.bold = True, True
        elif sign == "-":
            run.font.strike, run.font.color.rgb = True, RGBColor(0x65, 0x6A, 0x73)
    if rtl:
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
