"""Ready consultation formats, as data: a format is an ordered list of phases, a phase names what it permits.

A new format is a row here, not code: rules ask the phase, never the format.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .choices import PhaseKind

COMMENT = "comment"
AMEND = "amend"
PROPOSE_STATEMENT = "propose_statement"
VOTE = "vote"

# Acts on a paragraph need a text to stand on.
ON_PARAGRAPHS = frozenset({COMMENT, AMEND})


@dataclass(frozen=True, slots=True)
class PhaseSpec:
    """One phase of a format: its kind, and what people may do while it lasts."""

    kind: PhaseKind
    permits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Format:
    """A ready format: its name, one sentence on what it is for, its phases in order."""

    name: str | Promise
    reason: str | Promise
    phases: tuple[PhaseSpec, ...]

    @property
    def needs_text(self) -> bool:
        """Whether the format asks about paragraphs, so that it needs a version."""
        return any(ON_PARAGRAPHS & set(phase.permits) for phase in self.phases)


_REVIEW = (PhaseSpec(PhaseKind.AMEND, (COMMENT, AMEND)),)
_STATEMENTS = (PhaseSpec(PhaseKind.VOTE, (PROPOSE_STATEMENT, VOTE)),)

FORMATS: dict[str, Format] = {
    "paragraph_review": Format(
        _("Paragraph by paragraph"), _("People comment on paragraphs and propose wording."), _REVIEW),
    "statement_vote": Format(
        _("Statements"), _("People agree or disagree with statements, and add their own."), _STATEMENTS),
    "both": Format(
        _("Both"), _("Paragraphs for those who know the text, statements for everybody."), _REVIEW + _STATEMENTS),
}
