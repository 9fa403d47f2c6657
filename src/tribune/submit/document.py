"""The joint submission as a Word file: sentences with their support, sources as numbered notes, signatures."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from docx import Document
from docx.oxml import OxmlElement
from docx.shared import Pt

from tribune.synthesise.rules import Support

from .models import Endorsement, Submission
from .queries import Part, Row, Signatures, words_of

# A fixed moment in the file's own properties: the same submission gives the same bytes.
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def in_words(support: Support) -> str:
    """Return "5 cities, 3 regions, 2 mandated" in the active language."""
    parts = []
    if support.cities:
        parts.append(ngettext("%d city", "%d cities", support.cities) % support.cities)
    if support.regions:
        parts.append(ngettext("%d region", "%d regions", support.regions) % support.regions)
    if support.mandated:
        parts.append(ngettext("%d mandated", "%d mandated", support.mandated) % support.mandated)
    if support.people and not support.governments:
        parts.append(ngettext("%d person", "%d people", support.people) % support.people)
    return pgettext("between counts", ", ").join(parts) or _("nobody yet")


def docx(submission: Submission, parts: Iterable[Part], signed: Signatures, *, language: str) -> bytes:
    """Return the submission as DOCX in `language`. Raises nothing for an empty one: it says so."""
    file = Document()
    file.styles["Normal"].font.name = "Noto Serif"
    file.styles["Normal"].font.size = Pt(11)
    for stamp in ("created", "modified"):
        setattr(file.core_properties, stamp, _EPOCH)
    file.core_properties.title = _ILLEGAL.sub("", submission.name_in(language))[:255]
    file.core_properties.author = _ILLEGAL.sub("", str(submission.organisation))[:255]
    file.core_properties.language = language
    rtl = language == "ar"

    _paragraph(file, submission.name_in(language), style="Title", rtl=rtl)
    _paragraph(file, _("Submitted by: %(who)s") % {"who": submission.entitled or _("not named yet")}, rtl=rtl)
    _paragraph(file, submission.process.name_in(language), rtl=rtl)

    notes: list[str] = []
    for part in parts:
        _paragraph(file, part.section.titles.get(language) or part.section.title, style="Heading 1", rtl=rtl)
        for row in part.rows:
            _sentence(file, row, notes, language, rtl)
        if not part.rows:
            _paragraph(file, _("No sentence yet."), rtl=rtl)
    _signatures(file, signed, rtl)
    if notes:
        _paragraph(file, _("Sources"), style="Heading 1", rtl=rtl)
        for number, note in enumerate(notes, start=1):
            _paragraph(file, f"{number}. {note}", rtl=rtl)
    _paragraph(file, settings.BASE_URL + reverse("submit:submission", args=[submission.slug]), rtl=False)
    out = io.BytesIO()
    file.save(out)
    return _without_clock(out.getvalue())


def _without_clock(data: bytes) -> bytes:
    """The same archive with one fixed moment on every entry: python-docx stamps them with the time of saving."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(out, "w") as new:
        for entry in old.infolist():
            kept = ZipInfo(entry.filename, _EPOCH.timetuple()[:6])
            kept.compress_type = ZIP_DEFLATED
            new.writestr(kept, old.read(entry))
    return out.getvalue()


# What XML 1.0 has no place for; people paste such characters without seeing them.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _paragraph(file: Any, text: str, *, style: str | None = None, rtl: bool) -> Any:
    paragraph = file.add_paragraph(_ILLEGAL.sub("", text), style=style)
    if rtl:
        # Word wants both: the paragraph's direction, and that of each run.
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for run in paragraph.runs:
            run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))
    return paragraph


def _sentence(file: Any, row: Row, notes: list[str], language: str, rtl: bool) -> None:
    paragraph = _paragraph(file, words_of(row.sentence, language), rtl=rtl)
    for quote in row.for_it:
        notes.append(_source(quote.contribution))
        mark = paragraph.add_run(f" {len(notes)}")
        mark.font.superscript = True
    counts = in_words(row.support)
    if row.opposition:
        counts += _("; otherwise: %(who)s") % {"who": in_words(row.opposition)}
    if row.excesses:
        counts += " · " + _("says more than its sources")
    note = _paragraph(file, f"[{counts}]", rtl=rtl)
    for run in note.runs:
        run.font.size = Pt(9)
    for quote in row.against:
        notes.append(_source(quote.contribution))
        note.add_run(f" {len(notes)}").font.superscript = True


def _source(contribution: Any) -> str:
    who = str(contribution.city) if contribution.city else _("a resident")
    place = ""
    if contribution.passage_id:
        place = " " + settings.BASE_URL + f"/para/{contribution.passage.uid}"
    return f"{who}, {contribution.get_level_display()}, {contribution.made_at:%Y-%m-%d}.{place}"


def _signatures(file: Any, signed: Signatures, rtl: bool) -> None:
    _paragraph(file, ngettext("Endorsed by %(n)d local or regional government, %(mandated)d mandated",
                              "Endorsed by %(n)d local and regional governments, %(mandated)d mandated",
                              signed.n_endorsed) % {"n": signed.n_endorsed, "mandated": signed.n_mandated},
               style="Heading 1", rtl=rtl)
    for row in signed.named:
        _paragraph(file, _line(row), style="List Bullet", rtl=rtl)
    if signed.n_not_named:
        _paragraph(file, ngettext("%d more, not named at its wish", "%d more, not named at their wish",
                                  signed.n_not_named) % signed.n_not_named, style="List Bullet", rtl=rtl)


def _line(row: Endorsement) -> str:
    words = f"{row.city}: {row.get_level_display()}"
    if row.body:
        words += f", {row.body}"
    if row.given_on:
        words += f", {row.given_on:%Y-%m-%d}"
    if row.reservation:
        words += " · " + _("reservation: %(words)s") % {"words": row.reservation}
    return words
