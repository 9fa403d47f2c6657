"""Which signatures count, which may be named, and what changed after sending."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from tribune.people.choices import Region
from tribune.submit.actions._signing import current_wording
from tribune.submit.choices import Answer, Visibility
from tribune.submit.models import Answered, Endorsement, Submission
from tribune.submit.rules import counts_as_endorsed, counts_as_mandated


@dataclass(slots=True)
class Signatures:
    """Who endorses: those that may be named, how many more are only counted, and what does not count and why.

    `mandated` holds the ids of the endorsements that count as mandated on the day; `on` is that day: of sending,
    or today before it.
    """

    on: date
    named: list[Endorsement] = field(default_factory=list)
    n_not_named: int = 0
    n_endorsed: int = 0
    n_mandated: int = 0
    n_declined: int = 0
    n_reserved: int = 0
    earlier_wording: list[Endorsement] = field(default_factory=list)
    contested: list[Endorsement] = field(default_factory=list)
    late: list[Endorsement] = field(default_factory=list)
    mandated: set[int] = field(default_factory=set)

    @property
    def by_mandate(self) -> list[tuple[bool, list[tuple[str, list[Endorsement]]]]]:
        """Return the named ones: mandated first, each part by region of the world, each region by name."""
        found = []
        for is_mandated in (True, False):
            regions: dict[str, list[Endorsement]] = {}
            for row in self.named:
                if (row.pk in self.mandated) == is_mandated:
                    regions.setdefault(row.city.region, []).append(row)
            if regions:
                found.append((is_mandated, [(str(Region(key).label), regions[key])
                                            for key in Region.values if key in regions]))
        return found


def signatures(submission: Submission, *, for_addressee: bool = False, on: date | None = None,
               wording: str = "") -> Signatures:
    """Return the signatures as a page (or, `for_addressee`, the document handed over) may show them.

    `wording` is the digest of the sentences for who has read them already.
    """
    now = wording or current_wording(submission)
    day = on or (submission.sent_at.date() if submission.sent_at else timezone.now().date())
    found = Signatures(on=day)
    rows = (Endorsement.objects.filter(submission=submission).select_related("city")
            .prefetch_related("stays_out_of").order_by("city__name", "pk"))
    shown = {Visibility.PUBLIC, Visibility.ADDRESSEE} if for_addressee else {Visibility.PUBLIC}
    for row in rows:
        if row.is_late:
            found.late.append(row)
        elif row.answer == Answer.DECLINE:
            found.n_declined += 1
        elif row.contested_at:
            found.contested.append(row)
        elif not counts_as_endorsed(answer=row.answer, wording=row.wording, now=now, contested_at=row.contested_at):
            found.earlier_wording.append(row)
        else:
            found.n_endorsed += 1
            found.n_reserved += row.answer == Answer.RESERVATION
            if counts_as_mandated(row.level, valid_until=row.valid_until, on=day):
                found.n_mandated += 1
                found.mandated.add(row.pk)
            if row.visibility in shown:
                found.named.append(row)
            else:
                found.n_not_named += 1
    return found


def stays_out(found: Signatures) -> Counter[int]:
    """Return how many of the named signers stay out of each sentence, by its id."""
    return Counter(sentence.pk for row in found.named for sentence in row.stays_out_of.all())


def staying_out(submission: Submission) -> dict[int, set[int]]:
    """Return which cities (ids) stay out of which sentences (ids): their voices carry those no longer."""
    rows = (Endorsement.objects.filter(submission=submission, contested_at__isnull=True, is_late=False,
                                       stays_out_of__isnull=False)
            .values_list("stays_out_of", "city_id"))
    found: dict[int, set[int]] = {}
    for sentence_id, city_id in rows:
        found.setdefault(sentence_id, set()).add(city_id)
    return found


def change_of_mind(submission: Submission) -> list[Answered]:
    """Return the last answer of each city that it gave after sending, oldest first."""
    rows = (Answered.objects.filter(submission=submission, after_sending=True).select_related("city")
            .order_by("at", "pk"))
    return sorted({row.city_id: row for row in rows}.values(), key=lambda row: (row.at, row.pk))
