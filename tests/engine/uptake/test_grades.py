"""Asks put in prose against passages that say the same, a part of it, or something else (our own sentences)."""

import csv
from pathlib import Path

import pytest

from tribune.engine.types import Ask, Paragraph
from tribune.engine.uptake import judge

with (Path(__file__).parent / "prose_grades.csv").open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))


def _paragraphs(column: str) -> list[Paragraph]:
    return [Paragraph(str(n), str(n), "", "operative", row[column]) for n, row in enumerate(ROWS, start=1)]


def _verdicts(column: str, shift: int) -> list[str]:
    """What is said of each ask when it names the paragraph `shift` places after its own."""
    asks = [
        Ask(f"a{n}", "ADD", target=str((n + shift) % len(ROWS) + 1), text=row[column]) for n, row in enumerate(ROWS)
    ]
    said = judge(asks, _paragraphs("new"), old=_paragraphs("old"), language="en")
    return [
        judgement.verdict if judgement.evidence and judgement.evidence[0].paragraph == ask.target else "none"
        for ask, judgement in zip(asks, said, strict=True)
    ]


@pytest.mark.parametrize(("column", "least"), [("substance", 0.8), ("partly", 0.75)])
def test_prose_is_found_where_it_was_met(column: str, least: float) -> None:
    found = _verdicts(column, 0)
    assert sum(verdict != "none" for verdict in found) / len(found) >= least, found


def test_what_is_met_in_full_is_called_substance_more_often_than_what_is_met_in_part() -> None:
    full, part = _verdicts("substance", 0), _verdicts("partly", 0)
    assert full.count("substance") > part.count("substance"), (full, part)


@pytest.mark.parametrize("column", ["substance", "partly"])
def test_a_change_on_another_subject_is_not_credited(column: str) -> None:
    found = [verdict for shift in (3, 7, 11) for verdict in _verdicts(column, shift)]
    assert sum(verdict != "none" for verdict in found) / len(found) <= 0.07, found
