"""What every file of a submission says: built once, hashed, rendered by the others."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tribune.people.choices import MandateLevel
from tribune.people.rules import Viewer
from tribune.submit import queries
from tribune.submit.choices import SubmissionState
from tribune.submit.models import Endorsement, Submission
from tribune.synthesise.rules import Support
from tribune.watch.choices import TextLanguage

# A quote longer than this stands at its address only.
QUOTED = 240
# What XML 1.0 has no place for; people paste such characters without seeing them.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(words: str) -> str:
    """Return words without the characters that no file format has a place for."""
    return _ILLEGAL.sub("", words)


@dataclass(frozen=True, slots=True)
class Note:
    """A source: who, with which mandate, when, where it stands, and its exact words where they are short."""

    who: str
    level: str
    on: str
    address: str
    against: bool = False
    quote: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its running number, its computed support in words, and its sources."""

    number: int
    id: str
    text: str
    support: str
    opposition: str
    more: bool
    minority: bool
    cities: int
    regions: int
    mandated: int
    notes: tuple[Note, ...]
    address: str


@dataclass(frozen=True, slots=True)
class SectionText:
    title: str
    word_limit: int | None
    n_words: int
    sentences: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Signer:
    """A city or region that may be named, with what stands behind its signature."""

    name: str
    region: str
    level: str
    body: str
    on: str
    role: str
    mandated: bool
    reservation: str
    stays_out_of: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A submission in one language, in words. `sha256` is the digest of everything else here."""

    title: str
    process: str
    organisation: str
    entitled: str
    language: str
    state: str
    status: str
    on: str
    address: str
    sections: tuple[SectionText, ...]
    endorsed: str
    signers: tuple[Signer, ...]
    not_named: str
    n_endorsed: int
    n_mandated: int
    n_not_named: int
    words: dict[str, str] = field(default_factory=dict)
    sha256: str = ""

    @property
    def rtl(self) -> bool:
        return self.language == "ar"


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


def locale_of(language: str) -> str:
    """Return the interface locale for a text's language."""
    return "zh-hans" if language == "zh" else language


def content(submission: Submission, *, language: str, for_addressee: bool = False,
            viewer: Viewer | None = None) -> Content:
    """Return what the files say: sentences that a person has taken, in `language`, and who endorses.

    Proposals, inner versions, quotes that were taken back and cities that stay out of a sentence are in none.
    """
    with translation.override(locale_of(language)):
        built = _content(submission, language, for_addressee, viewer)
    digest = hashlib.sha256(json.dumps(as_data(built), ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    return Content(**{**{name: getattr(built, name) for name in Content.__slots__}, "sha256": digest})


def as_data(found: Content) -> dict[str, Any]:
    """Return the content as plain data, without the words of the interface and without its digest."""
    data = asdict(found)
    data.pop("words")
    data.pop("sha256")
    return data


def _content(submission: Submission, language: str, for_addressee: bool, viewer: Viewer | None) -> Content:
    parts = queries.table(submission, language=language, viewer=viewer, taken_only=True)
    signed = queries.signatures(submission, for_addressee=for_addressee)
    base = settings.BASE_URL + reverse("submit:submission", args=[submission.slug])
    numbers: dict[int, int] = {}
    sections = []
    for part in parts:
        said = []
        for row in part.rows:
            numbers[row.sentence.pk] = len(numbers) + 1
            said.append(_said(row, language, numbers[row.sentence.pk], base))
        sections.append(SectionText(clean(part.section.titles.get(language) or part.section.title),
                                    part.section.word_limit, part.n_words, tuple(said)))
    signers = tuple(_signer(row, signed, numbers) for _mandated, regions in signed.by_mandate
                    for _region, rows in regions for row in rows)
    return Content(
        title=clean(submission.name_in(language)), process=clean(submission.process.name_in(language)),
        organisation=clean(submission.organisation.name_in(language)), entitled=clean(submission.entitled),
        language=language, state=submission.state,
        status=_("Draft; not signed, not handed over") if submission.state == SubmissionState.DRAFTING
        else _("With the cities for signature") if submission.state == SubmissionState.SIGNING else _("Handed over"),
        on=submission.sent_at.date().isoformat() if submission.sent_at else "", address=base, sections=tuple(sections),
        endorsed=ngettext("Endorsed by %(n)d local or regional government, %(mandated)d mandated",
                          "Endorsed by %(n)d local and regional governments, %(mandated)d mandated",
                          signed.n_endorsed) % {"n": signed.n_endorsed, "mandated": signed.n_mandated},
        signers=signers, not_named=ngettext("%d more, not named at its wish", "%d more, not named at their wish",
                                            signed.n_not_named) % signed.n_not_named if signed.n_not_named else "",
        n_endorsed=signed.n_endorsed, n_mandated=signed.n_mandated, n_not_named=signed.n_not_named,
        words={**_labels(), "translated": _translated(submission, language)})


def _translated(submission: Submission, language: str) -> str:
    """What a file in another language than the signed one says about itself."""
    return "" if language == submission.language else _(
        "A working translation. Cities signed the words in %(language)s.") % {
            "language": TextLanguage(submission.language).label}


def _labels() -> dict[str, str]:
    """Words of the frame, in the language of the text."""
    return {
        "submitted_by": _("Submitted by: %(who)s"), "unnamed": _("not named yet"), "no_sentence": _("No sentence yet."),
        "more": _("says more than its sources"), "otherwise": _("otherwise: %(who)s"),
        "minority": _("Held by some"), "mandated": _("Mandated: mayor signed or council vote"),
        "not_mandated": _("Without a mandate of mayor or council"), "reservation": _("reservation: %(words)s"),
        "stays_out": _("stays out of sentence %(numbers)s"), "against": _("says otherwise"),
        "comma": pgettext("between counts", ", "), "digest": _("SHA-256 of the content"), "nobody": _("No city has "
                                                                                                     "signed yet."),
        "words_of": _("%(n)s of %(limit)s words"), "words": _("%(n)s words"), "on": _("Handed over on %(day)s"),
        "independent": _("Independent software; not an official service of the United Nations or any of its agencies."),
    }


def _said(row: queries.Row, language: str, number: int, base: str) -> Said:
    notes = tuple(_note(quote, against=False) for quote in row.for_it if not quote.hidden)
    contrary = tuple(_note(quote, against=True) for quote in row.against if not quote.hidden)
    support = in_words(row.support)
    if row.voted and not row.for_it:
        support = _("%(agreed)d of %(voted)d voices agree") % {"agreed": row.agreed, "voted": row.voted}
    return Said(number, row.sentence.public_id, clean(queries.words_of(row.sentence, language)), support,
                in_words(row.opposition) if row.opposition else "", bool(row.excesses), row.sentence.is_minority,
                row.support.cities, row.support.regions, row.support.mandated, notes + contrary,
                f"{base}?sentence={row.sentence.public_id}#s{row.sentence.public_id}")


def _note(quote: queries.Quote, *, against: bool) -> Note:
    contribution = quote.contribution
    words = quote.text[slice(*quote.span)]
    address = settings.BASE_URL + f"/para/{contribution.passage.uid}" if contribution.passage else ""
    return Note(clean(str(contribution.city)) if contribution.city else _("a resident"),
                str(MandateLevel(quote.level).label), contribution.made_at.date().isoformat(), address, against,
                clean(words) if 0 < len(words) <= QUOTED else "", contribution.language)


def _signer(row: Endorsement, signed: queries.Signatures, numbers: dict[int, int]) -> Signer:
    return Signer(clean(str(row.city)), str(row.city.get_region_display()), str(row.get_level_display()),
                  clean(row.body), row.given_on.isoformat() if row.given_on else "", clean(row.signer_role),
                  row.pk in signed.mandated, clean(row.reservation),
                  tuple(sorted(numbers[one.pk] for one in row.stays_out_of.all() if one.pk in numbers)))
