"""Ready consultation formats, as data: a format is an ordered list of phases, a phase names what it permits.

A verb says what may be done with which thing, and who may do it at the least; a phase narrows that further. A new
format is a row here, not code: rules ask the phase, never the format.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .choices import PhaseKind, Who

COMMENT = "comment"
AMEND = "amend"
ANSWER = "answer"
PROPOSE_STATEMENT = "propose_statement"
VOTE = "vote"
PRIORITISE = "prioritise"
REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Verb:
    """What people may do with one kind of thing: the words for it, the thing, and who may at the least."""

    label: str | Promise
    thing: str
    who: Who = Who.ANYONE


VERBS: dict[str, Verb] = {
    ANSWER: Verb(_("answer questions"), "question"),
    COMMENT: Verb(_("comment on paragraphs"), "paragraph"),
    AMEND: Verb(_("propose wording for paragraphs"), "paragraph", Who.SIGNED_IN),
    PROPOSE_STATEMENT: Verb(_("add statements"), "statement"),
    VOTE: Verb(_("vote on statements"), "statement"),
    PRIORITISE: Verb(_("give points to what was said"), "contribution", Who.SIGNED_IN),
    REVIEW: Verb(_("say whether the summary is right"), "summary", Who.SIGNED_IN),
}

# Acts on a paragraph need a text to stand on.
ON_PARAGRAPHS = frozenset(name for name, verb in VERBS.items() if verb.thing == "paragraph")


@dataclass(frozen=True, slots=True)
class PhaseSpec:
    """One phase of a format: its kind, what people may do while it lasts, and who."""

    kind: PhaseKind
    permits: tuple[str, ...]
    title: str | Promise = ""
    who: Who = Who.ANYONE


@dataclass(frozen=True, slots=True)
class Format:
    """A ready format: its name, one sentence on what it is for, its phases in order; `hours` it is open if few."""

    name: str | Promise
    reason: str | Promise
    phases: tuple[PhaseSpec, ...]
    hours: int | None = None
    audience: Who = Who.ANYONE

    @property
    def needs_text(self) -> bool:
        """Whether the format asks about paragraphs, so that it needs a version."""
        return any(ON_PARAGRAPHS & set(phase.permits) for phase in self.phases)

    @property
    def urgent(self) -> bool:
        """Whether people are told at once, by a message of its own."""
        return self.hours is not None


_REVIEW = (PhaseSpec(PhaseKind.AMEND, (COMMENT, AMEND)),)
_STATEMENTS = (PhaseSpec(PhaseKind.VOTE, (PROPOSE_STATEMENT, VOTE)),)

FORMATS: dict[str, Format] = {
    "paragraph_review": Format(
        _("Paragraph by paragraph"), _("People comment on paragraphs and propose wording."), _REVIEW),
    "statement_vote": Format(
        _("Statements"), _("People agree or disagree with statements, and add their own."), _STATEMENTS),
    "both": Format(
        _("Both"), _("Paragraphs for those who know the text, statements for everybody."), _REVIEW + _STATEMENTS),
    "call_questions": Format(
        _("Questions of a call"), _("Guiding questions with a limit in words, as the host of the call counts them."),
        (PhaseSpec(PhaseKind.COLLECT, (ANSWER,)),)),
    "one_position": Format(
        _("Three services, one position"),
        _("The services of a city propose, the city settles what meets, a delegate sends the position."),
        (PhaseSpec(PhaseKind.COLLECT, (COMMENT, AMEND), _("Services propose"), Who.CITIES),
         PhaseSpec(PhaseKind.REVIEW, (AMEND,), _("The city makes up its mind"), Who.CITIES)),
        audience=Who.CITIES),
    "workshop": Format(
        _("Workshop"), _("Comments first, then statements to vote on, then points for what matters most."),
        (PhaseSpec(PhaseKind.COMMENT, (COMMENT,)), PhaseSpec(PhaseKind.VOTE, (PROPOSE_STATEMENT, VOTE)),
         PhaseSpec(PhaseKind.PRIORITISE, (PRIORITISE,)))),
    "urgent": Format(
        _("Urgent: 48 hours"),
        _("A text under silence procedure or an emergency: cities are told at once, on a page for the worst line."),
        (PhaseSpec(PhaseKind.AMEND, (COMMENT, AMEND)),), hours=48),
    "whole_way": Format(
        _("The whole way"), _("Questions, paragraphs, statements, points, and a review of what was understood."),
        (PhaseSpec(PhaseKind.COLLECT, (ANSWER,)), PhaseSpec(PhaseKind.COMMENT, (COMMENT,)),
         PhaseSpec(PhaseKind.AMEND, (COMMENT, AMEND)), PhaseSpec(PhaseKind.VOTE, (PROPOSE_STATEMENT, VOTE)),
         PhaseSpec(PhaseKind.PRIORITISE, (PRIORITISE,)), PhaseSpec(PhaseKind.REVIEW, (REVIEW,)))),
}
