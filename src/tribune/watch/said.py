"""What engines report by code, in the reader's language: warnings of reading, and why a file was not read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_FORMATS = {
    "application/pdf": "PDF", "text/html": "HTML", "text/markdown": "Markdown", "application/akn+xml": "Akoma Ntoso",
    "application/xml": "XML", "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX"}


def warning_words(warning: Mapping[str, Any]) -> str:
    """Return a warning in words; one whose code nobody knows here keeps those it came with."""
    values = [str(value) for value in warning.get("values") or ()]
    say = _WARNINGS.get(str(warning["code"]))
    if say is None:
        return str(warning["message"])
    try:
        return say(values, str(warning["message"]))
    except (IndexError, ValueError):
        return str(warning["message"])


def _name(media_type: str) -> str:
    return _FORMATS.get(media_type) or _("plain text")


_WARNINGS: dict[str, Callable[[list[str], str], str]] = {
    "gap": lambda v, m: _("%(this)s follows %(last)s.") % {"this": v[0], "last": v[1]},
    "repeat": lambda v, m: _("%(this)s comes again.") % {"this": v[0]},
    "restart": lambda v, m: _("Numbering starts again at %(this)s after %(last)s.") % {"this": v[0], "last": v[1]},
    "start": lambda v, m: _("Numbering starts at %(this)s.") % {"this": v[0]},
    "wrong_extension": lambda v, m: _("The name ends in %(suffix)s, but the file is %(format)s; it was read as that.")
    % {"suffix": v[0], "format": _name(v[1])},
    "encoding": lambda v, m: _("The file does not say how its letters are stored; it was read as %(encoding)s. Check "
                               "letters with accents and quotation marks.") % {"encoding": v[0]},
    "page_without_text": lambda v, m: _("Page %(page)s has no text; it may be a picture or blank.") % {"page": v[0]},
    "pages_without_text": lambda v, m: ngettext("%(n)d more page has no text.", "%(n)d more pages have no text.",
                                                int(v[0])) % {"n": int(v[0])},
    "tracked_changes": lambda v, m: _("The file holds tracked changes; insertions were read, deletions left out."),
    "no_numbers": lambda v, m: _("This text has no numbered paragraphs; they are counted as they come."),
    "no_language": lambda v, m: _("The language cannot be told; it may be none of the six."),
    "ocr": lambda v, m: _("Read by OCR from pictures of pages: letters and numbers may be wrong. Check them against "
                          "the file."),
    "only_here": lambda v, m: _("%(path)s stands in this language only.") % {"path": m},
    "only_there": lambda v, m: _("%(path)s is missing in this language.") % {"path": m},
    "joined": lambda v, m: _("%(this)s was put beside %(that)s by its meaning, place and length, not by its number.")
    % {"this": v[0], "that": v[1]},
}


def refused_words(code: str) -> str:
    """Return why a file was not read, and what to do, in one or two sentences."""
    limits = settings.FILE_LIMITS
    say = {
        "empty": _("There is no text in this file. Choose the file with the text."),
        "too_big": _("This file is larger than %(n)d MB. Cut it into parts or leave out pictures.")
        % {"n": limits["megabytes"]},
        "encrypted": _("This file is locked with a password. Save a copy without one and send that."),
        "scan": _("This PDF holds pictures of pages and no text: it is a scan. Look for the file it was printed from, "
                  "or let its letters be recognised."),
        "not_a_document": _("This is none of the files that can be read here. Send PDF, DOCX, HTML, Akoma Ntoso, "
                            "Markdown or text."),
        "broken": _("This file is damaged and cannot be opened. Save it again or get it from its source."),
        "bomb": _("This file unpacks to far more than it should. Save it again from the program that made it."),
        "too_many_pages": _("This PDF has more than %(n)d pages. Cut it into parts and send them one by one.")
        % {"n": limits["pages"]},
        "xml": _("This XML cannot be read: it is broken, nested too deeply or defines entities. Save it without them."),
        "too_slow": _("Reading this file took longer than %(n)d seconds. Cut it into parts or save it in another form.")
        % {"n": limits["seconds"]},
        "too_heavy": _("Reading this file needs more memory than is allowed. Cut it into parts or leave out pictures."),
        "no_ocr": _("The letters of a scan cannot be recognised here: the program for it is not installed."),
        "cancelled": _("Reading was stopped. The file was not used."),
    }
    return say.get(code) or _("This file could not be read (%(code)s). Save it in another form and try again.") % {
        "code": code}


def act_words(act: str, called: str) -> str:
    """Return what was done, as one sentence."""
    say = {
        "merge": _("%(what)s was joined to the paragraph before."), "split": _("%(what)s was split."),
        "number": _("%(what)s has a new number."), "kind": _("%(what)s is of another kind now."),
        "level": _("%(what)s has another level."), "drop": _("%(what)s was left out."),
        "restore": _("%(what)s is back."), "join": _("%(what)s stands beside its counterpart.")}
    return say.get(act, "%(what)s") % {"what": called}
