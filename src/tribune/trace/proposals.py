"""What comparison proposes: asks against a version, read and computed, nothing written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Q

from tribune.engine import types
from tribune.engine.uptake import judge
from tribune.submit.choices import SubmissionState
from tribune.synthesise.models import Ask
from tribune.watch.choices import VersionState
from tribune.watch.models import Paragraph, Version
from tribune.watch.queries import engine_paragraphs, original_rendition

from .choices import VerdictState, VerdictWord
from .models import Verdict
from .rules import is_asked_of, is_open_to_readers_of

# How often a place may have gone into another one.
_STEPS = 8


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a verdict row will hold for one ask; `fields` are named as in the model."""

    ask: Ask
    fields: dict[str, Any]


def judged_asks(version: Version, *, only: Iterable[int] | None = None, after: int = 0,
                most: int | None = None) -> list[Ask]:
    """Return the asks that a version is held against: public or handed over, made on an earlier version, by number.

    With `only` those ids; `after` leaves out numbers up to it; `most` stops once so many are found.
    """
    process = version.draft.process
    handed_over = Q(sentences__section__submission__state=SubmissionState.SENT)
    asks = (Ask.objects.filter(process=process, organisation_id=process.organisation_id)
            .filter(Q(is_public=True) | handed_over).distinct()
            .select_related("passage__version__draft", "passage__became").order_by("number"))
    if only is not None:
        asks = asks.filter(pk__in=list(only))
    if after:
        asks = asks.filter(number__gt=after)
    return list(islice((ask for ask in asks.iterator() if is_asked_of(ask, version)), most))


def propose(version: Version, asks: Sequence[Ask]) -> list[Proposal]:
    """Compare a version with each ask. Reads a text once, however many asks are held against it."""
    earlier = _earlier(version)
    languages = {row.language for row in version.renditions.all()}
    if not asks or not languages:
        return []
    previous = _previous(version, asks, earlier)
    groups: dict[tuple[str, int], list[Ask]] = defaultdict(list)
    bases = {base.pk: base for base in earlier}
    silent = []
    for ask in asks:
        language = _language(ask, version, languages)
        base = _base(ask, earlier)
        if language:
            groups[language, base.pk if base else 0].append(ask)
        else:
            silent.append(ask)
    found = [_not_compared(ask) for ask in silent]
    for (language, base_id), group in sorted(groups.items()):
        found += _compare(version, bases.get(base_id), language, group, previous)
    return sorted(found, key=lambda proposal: proposal.ask.number)


def _earlier(version: Version) -> list[Version]:
    """Return the published versions before this one that its readers may all read, oldest first."""
    rows = (Version.objects.filter(draft=version.draft_id, order__lt=version.order, state=VersionState.PUBLISHED)
            .prefetch_related("renditions", "readers").order_by("order"))
    return [row for row in rows if is_open_to_readers_of(row, version)]


def _base(ask: Ask, earlier: Sequence[Version]) -> Version | None:
    """Return the version that was read when asking: the ask's own, or the last one published until then."""
    if ask.passage is not None:
        own = ask.passage.version
        # Who may not read it does not see the ask either, so it may be compared whatever its distribution.
        return next((row for row in earlier if row.pk == own.pk), own)
    known = [row for row in earlier if row.published_at is not None and row.published_at <= ask.made_at]
    return known[-1] if known else None


def _language(ask: Ask, version: Version, languages: Iterable[str]) -> str:
    """Return the language in which an ask can be held against a version, "" where there is none."""
    if ask.language in languages:
        return ask.language
    spoken = [language for language in languages if ask.texts.get(language)]
    original = original_rendition(version).language
    return original if original in spoken else min(spoken, default="")


def _previous(version: Version, asks: Sequence[Ask], earlier: Sequence[Version]) -> dict[str, str]:
    """Return the signed, else the proposed word of the version judged last before this one, by ask."""
    rows = (Verdict.objects.filter(ask__in=asks, version__in=earlier)
            .order_by("version__order").values_list("ask_id", "signed", "proposed"))
    return {str(ask_id): signed or proposed for ask_id, signed, proposed in rows}


def _compare(version: Version, base: Version | None, language: str, asks: Sequence[Ask],
             previous: dict[str, str]) -> list[Proposal]:
    text = engine_paragraphs(version, language)
    old = engine_paragraphs(base, language) if base else ()
    asked = [_asked(ask, language, has_old=bool(old)) for ask in asks]
    judgements = judge(asked, text, old=old or None, language=language, previous=previous)
    versions = {"text": version, "old": base}
    places = {where: _places(found, language) for where, found in versions.items() if found}
    return [Proposal(ask, _fields(judgement, places, language))
            for ask, judgement in zip(asks, judgements, strict=True)]


def _asked(ask: Ask, language: str, *, has_old: bool) -> types.Ask:
    own = ask.language == language
    # Without the older text a target would be sought by its number in the new one, where it may be another.
    target = _target(ask) if has_old else ""
    return types.Ask(id=str(ask.pk), kind=ask.kind, target=target, old=ask.old if own else "",
                     new=ask.new if own else "", text=ask.text if own else ask.texts[language])


def _target(ask: Ask) -> str:
    """Return where an ask points, in the text as it is read now; "" where a corrected file has no such place."""
    passage = ask.passage
    for _step in range(_STEPS):
        if passage is None or passage.retired_at is None:
            break
        passage = passage.became
    return passage.path if passage is not None and passage.retired_at is None else ""


def _places(version: Version, language: str) -> dict[str, tuple[str, str, str]]:
    rows = (Paragraph.objects.filter(rendition__version=version, rendition__language=language)
            .values_list("passage__path", "passage__uid", "number", "sha256"))
    return {path: (uid, number, sha256) for path, uid, number, sha256 in rows}


def _fields(judgement: types.Judgement, places: dict[str, dict[str, tuple[str, str, str]]],
            language: str) -> dict[str, Any]:
    evidence = []
    for one in judgement.evidence:
        uid, number, sha256 = places[one.where][one.paragraph]
        evidence.append({"in": one.where, "paragraph": one.paragraph, "number": number, "passage": uid,
                         "language": language, "sha256": sha256, "score": float(f"{one.score:.6g}"),
                         "spans": [list(span) for span in one.spans]})
    return {"proposed": judgement.verdict, "direction": judgement.direction or "",
            "confidence": float(f"{judgement.confidence:.6g}"), "already_there": judgement.already_there,
            "reasons": [{"code": reason.code, "message": reason.message} for reason in judgement.reasons],
            "evidence": evidence}


def _not_compared(ask: Ask) -> Proposal:
    """The ask has no words in any language of the version: nothing was compared, and a person must look."""
    return Proposal(ask, {"proposed": VerdictWord.NONE.value, "direction": "", "confidence": 0.0,
                          "already_there": False, "evidence": [], "reasons": [
                              {"code": "no_common_language",
                               "message": "the text and the ask have no language in common; nothing was compared"}]})


def is_settled(verdict: Verdict | None) -> bool:
    """Whether a person has signed: comparison proposes no more."""
    return verdict is not None and verdict.state != VerdictState.PROPOSED
