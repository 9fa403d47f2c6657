"""Who has spoken and who is missing: voices by part of the world, size, income, language; cities by mandate.

Voices are counted from what people chose to say; small cells never show (`counts.Cell`), and a table that has one is
rounded as a whole, its total and its "not said" with it, so that no difference gives the small one away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.functional import Promise

from tribune.people.choices import IncomeGroup, MandateLevel, Region
from tribune.people.models import City
from tribune.watch.choices import TextLanguage

from .choices import ConsultationState, ContributionState, Counted, Dimension, Gender, SizeClass, VoiceOrigin
from .counts import STEP, Cell
from .models import Consultation, Contribution, Headcount, Target, Voice

__all__ = ["Part", "Table", "cities_missing", "gender_table", "mandates", "n_paper", "rounded", "voice_tables",
           "whole"]

_CHOICES: dict[str, Iterable[tuple[str, Any]]] = {
    Dimension.REGION: Region.choices,
    Dimension.SIZE: SizeClass.choices,
    Dimension.INCOME: [each for each in IncomeGroup.choices if each[0] != IncomeGroup.UNKNOWN],
    Dimension.LANGUAGE: [*TextLanguage.choices, ("und", "…")],
}


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a table: its key and label, what may be shown of its count, the target if one was set."""

    key: str
    label: str | Promise
    cell: Cell
    target: int | None = None

    @property
    def short(self) -> bool:
        """Whether fewer spoke than were wanted, as far as the shown number says."""
        return self.target is not None and self.cell.n < self.target


@dataclass(frozen=True, slots=True)
class Table:
    """Voices by one thing they told; `not_said` counts those who did not."""

    dimension: str
    label: str | Promise
    parts: tuple[Part, ...]
    not_said: Cell

    @property
    def n_short(self) -> int:
        return sum(part.short for part in self.parts)


def rounded(counted: Mapping[str, int], *, closed: bool) -> dict[str, Cell]:
    """Return what may be shown of the cells of one table.

    Exact only once closed and when no cell holds 1 to 4; otherwise every cell is rounded down to a step of five.

    >>> rounded({"a": 12, "b": 3}, closed=True)["a"]
    Cell(n=10, exact=False)
    """
    exact = closed and whole(counted.values())
    return {key: Cell(n if exact else n - n % STEP, exact) for key, n in counted.items()}


def whole(numbers: Iterable[int]) -> bool:
    """Whether a table may be shown exactly: no cell of 1 to 4."""
    return not any(0 < n < STEP for n in numbers)


def voice_tables(consultation: Consultation) -> list[Table]:
    """Return the voices that voted by region, size, income group and language, with targets; two queries."""
    closed = consultation.state == ConsultationState.CLOSED
    targets = {(row.dimension, row.key): row.n for row in Target.objects.filter(consultation=consultation)}
    counted = counted_parts(consultation)
    return [_table(dimension, Dimension(dimension).label, choices, counted[dimension],
                   {key: n for (where, key), n in targets.items() if where == dimension}, closed=closed)
            for dimension, choices in _CHOICES.items()]


def counted_parts(consultation: Consultation) -> dict[str, Counter[str]]:
    """Return exact numbers of voices that voted, by dimension and key ("" not said); for ourselves only."""
    columns = [each.value for each in Dimension]
    rows = (Voice.objects.filter(consultation=consultation, votes__isnull=False).order_by()
            .values(*columns).annotate(n=Count("pk", distinct=True)))
    found: dict[str, Counter[str]] = {column: Counter() for column in columns}
    for row in rows:
        for column in columns:
            found[column][row[column]] += row["n"]
    return found


def gender_table(consultation: Consultation) -> Table:
    """Return how those who said so describe themselves: from counts that nothing joins to a voice."""
    closed = consultation.state == ConsultationState.CLOSED
    counted = Counter(dict(Headcount.objects.filter(consultation=consultation, what=Counted.GENDER)
                           .values_list("key", "n")))
    table = _table("gender", Counted.GENDER.label, Gender.choices, counted, {}, closed=closed)
    return Table(table.dimension, table.label, table.parts, Cell(0, False))


def mandates(consultation: Consultation) -> list[tuple[str, int]]:
    """Return published positions of cities by what stands behind them: public facts, counted exactly."""
    rows = (Contribution.objects.filter(consultation=consultation, state=ContributionState.PUBLISHED,
                                        city__isnull=False)
            .order_by().values("level").annotate(n=Count("city", distinct=True)))
    n = {row["level"]: row["n"] for row in rows}
    return [(str(level.label), n.get(level.value, 0)) for level in MandateLevel]


def cities_missing(consultation: Consultation) -> QuerySet[City]:
    """Return the cities of which no position is published, by name; `asked` says whether they were invited.

    What a city has written inside itself does not count here: that it has is nobody's business yet.
    """
    spoke = Contribution.objects.filter(consultation=consultation, state=ContributionState.PUBLISHED,
                                        city__isnull=False).values("city_id")
    return (City.objects.exclude(pk__in=spoke)
            .annotate(asked=Exists(consultation.cities_invited.filter(city_id=OuterRef("pk"))))
            .order_by("name"))


def n_paper(consultation: Consultation) -> int:
    """Return how many voices came on paper, in steps of five; 0 below five."""
    n = Voice.objects.filter(consultation=consultation, origin=VoiceOrigin.PAPER, votes__isnull=False).distinct().count()  # noqa: E501
    return n - n % STEP


def _table(dimension: str, label: str | Promise, choices: Iterable[tuple[str, Any]], counted: Counter[str],
           targets: Mapping[str, int], *, closed: bool) -> Table:
    choices = list(choices)
    cells = rounded({key: counted.get(key, 0) for key in ["", *(key for key, _label in choices)]}, closed=closed)
    return Table(dimension, label, tuple(Part(key, name, cells[key], targets.get(key)) for key, name in choices),
                 cells[""])
