"""What was heard, beside what is written: asks with their quotes, and statements that unite."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from tribune.common.machine import model
from tribune.listen.models import Contribution, Statement
from tribune.people.rules import Viewer
from tribune.synthesise.choices import Stance
from tribune.synthesise.models import Ask, AskSource
from tribune.synthesise.queries import Behind, asks_for, behind, sources_seen
from tribune.synthesise.theme_queries import Shown, themes_for

from .actions._proposing import uniting
from .models import ModelDraft, Sentence, Submission

# Quotes shown under an ask; the rest stands on the ask's page.
QUOTES = 5
# The largest themes; their page has all.
THEMES = 12


@dataclass(slots=True)
class Heard:
    """An ask on the shelf; `sentences` are the public ids of those that carry it already."""

    ask: Ask
    behind: Behind
    quotes: list[Contribution] = field(default_factory=list)
    n_quotes: int = 0
    sentences: list[str] = field(default_factory=list)
    # What a language model is asked for on it, or why it gave nothing.
    draft: ModelDraft | None = None


@dataclass(slots=True)
class Shelf:
    """Asks, those that no sentence carries first, and statements that unite (statement, agree, voted)."""

    asks: list[Heard]
    statements: list[tuple[Statement, int, int]]
    themes: list[Shown] = field(default_factory=list)

    @property
    def n_unused(self) -> int:
        return sum(not heard.sentences for heard in self.asks)


def shelf(viewer: Viewer, submission: Submission) -> Shelf:
    """Return what was heard for a submission, as far as the viewer may read it, in ten queries."""
    asks = list(asks_for(viewer).filter(process_id=submission.process_id, organisation_id=submission.organisation_id)
                .order_by("number"))
    counted = behind(asks, viewer)
    used: dict[int, list[str]] = defaultdict(list)
    for ask_id, public_id in (Sentence.objects.filter(section__submission=submission, ask__isnull=False)
                              .values_list("ask_id", "public_id")):
        used[ask_id].append(public_id)
    quotes: dict[int, list[AskSource]] = defaultdict(list)
    for source in (sources_seen(viewer).filter(ask__in=asks, stance=Stance.FOR)
                   .select_related("contribution__city").order_by("pk")):
        quotes[source.ask_id].append(source)
    drafts = {draft.ask_id: draft for draft in submission.model_drafts.all()} if model() else {}
    rows = [Heard(ask, counted[ask.pk], [source.contribution for source in quotes[ask.pk][:QUOTES]],
                  len(quotes[ask.pk]), used[ask.pk], drafts.get(ask.pk)) for ask in asks]
    return Shelf(sorted(rows, key=lambda heard: bool(heard.sentences)), uniting(submission),
                 themes_for(viewer, submission.process)[:THEMES])
