"""The language sheet: for each ask the paragraph, what it says, what it should say, why, and who supports it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tribune.engine.align import redline
from tribune.people.rules import Viewer
from tribune.synthesise.choices import AskKind
from tribune.synthesise.evidence import evidence_of, line_of
from tribune.synthesise.models import Ask
from tribune.synthesise.queries import asks_for, behind
from tribune.watch.models import Paragraph

from . import queries
from .exports import in_words
from .exports._content import clean, locale_of
from .models import Submission


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One ask; `pieces` are the redline ("=", "-" or "+", words) of the paragraph, or of the asked words alone."""

    number: int
    title: str
    place: str
    pieces: tuple[tuple[str, str], ...]
    why: str
    evidence: tuple[str, ...]
    supporters: str
    address: str


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    organisation: str
    process: str
    language: str
    address: str
    endorsed: str
    rows: tuple[SheetRow, ...]
    words: dict[str, str] = field(default_factory=dict)

    @property
    def rtl(self) -> bool:
        return self.language == "ar"


def asks_in(viewer: Viewer, submission: Submission) -> list[Ask]:
    """Return the asks that taken sentences of a submission carry and the viewer may see, by number."""
    return list(asks_for(viewer).filter(sentences__section__submission=submission, sentences__is_proposal=False)
                .distinct().order_by("number"))


def sheet(viewer: Viewer, submission: Submission, asks: list[Ask], *, language: str) -> Sheet:
    """Return the sheet of some asks in a language."""
    with translation.override(locale_of(language)):
        counted = behind(asks, viewer)
        found = {(row.passage_id, row.rendition.language): row for row in Paragraph.objects.filter(
            passage__in=[ask.passage_id for ask in asks if ask.passage_id]).select_related("rendition")}
        signed = queries.signatures(submission, for_addressee=True)
        proofs = evidence_of(asks)
        rows = tuple(SheetRow(
            ask.number, clean(ask.name_in(language)), _place(ask, found), redline_of(ask, found),
            clean(ask.texts.get(language) or ask.text), tuple(clean(line_of(one)) for one in proofs.get(ask.pk, [])),
            _supporters(counted[ask.pk].for_it, counted[ask.pk].against),
            settings.BASE_URL + reverse("trace:ask", args=[ask.public_id])) for ask in asks)
        return Sheet(clean(submission.name_in(language)), clean(submission.organisation.name_in(language)),
                     clean(submission.process.name_in(language)), language,
                     settings.BASE_URL + reverse("submit:submission", args=[submission.slug]),
                     _("%(n)d local and regional governments endorse it, %(mandated)d mandated") % {
                         "n": signed.n_endorsed, "mandated": signed.n_mandated}, rows, {
                "place": _("Paragraph"), "wording": _("Current and proposed"), "why": _("Why"),
                "evidence": _("Evidence"), "who": _("Who supports it"), "head": _("Language sheet"),
                "key": _("Struck: to delete. Underlined: to insert."),
                "independent": _("Independent software; not an official service of the United Nations or any of its "
                                 "agencies.")})


def _place(ask: Ask, found: dict[tuple[int, str], Paragraph]) -> str:
    if ask.passage is None:
        return ""
    row = found.get((ask.passage_id or 0, ask.language))
    version = ask.passage.version
    return " ".join(filter(None, (row.number if row and row.number else ask.passage.path, f"({version})")))


def redline_of(ask: Ask, found: dict[tuple[int, str], Paragraph]) -> tuple[tuple[str, str], ...]:
    """Return the pieces of what an ask does to its paragraph; of its own words where the paragraph lacks them."""
    row = found.get((ask.passage_id or 0, ask.language))
    now = row.text if row else ""
    if ask.kind == AskKind.KEEP:
        return (("=", clean(ask.old)),)
    if ask.old and ask.old in now:
        return tuple((mark, clean(words)) for mark, words in redline(now, now.replace(ask.old, ask.new, 1)))
    if ask.kind == AskKind.ADD and now:
        return (("=", clean(now) + " "), ("+", clean(ask.new)))
    return tuple((mark, clean(words)) for mark, words in (("-", ask.old), ("+", ask.new)) if words)


def _supporters(for_it: object, against: object) -> str:
    words = in_words(for_it)  # type: ignore[arg-type]
    return words + (pgettext("between counts", ", ") + _("against: %(who)s") % {"who": in_words(against)}  # type: ignore[arg-type]
                    if against else "")
