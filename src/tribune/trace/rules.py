"""Who keeps a ledger, which word may be signed for which kind of ask, and what a version may be compared with."""

from __future__ import annotations

from tribune.people.rules import Viewer, may_act_for_organisation
from tribune.synthesise.choices import AskKind
from tribune.synthesise.models import Ask
from tribune.watch.choices import Distribution
from tribune.watch.models import Version

from .choices import VerdictWord

# The chain of commitments that each signature, contest and answer is a link of.
LEDGER = "ledger"

# Words that say: it stands in the text, wholly or in part. They say nothing about why (GROUND.md, Verdicts).
IN_THE_TEXT = (VerdictWord.VERBATIM, VerdictWord.SUBSTANCE, VerdictWord.PARTLY, VerdictWord.KEPT)

_WORDS: dict[str, tuple[VerdictWord, ...]] = {
    AskKind.KEEP: (VerdictWord.KEPT, VerdictWord.PARTLY, VerdictWord.REMOVED),
    AskKind.DELETE: (VerdictWord.VERBATIM, VerdictWord.PARTLY, VerdictWord.NONE, VerdictWord.REMOVED),
    AskKind.ADD: (VerdictWord.VERBATIM, VerdictWord.SUBSTANCE, VerdictWord.PARTLY, VerdictWord.NONE,
                  VerdictWord.REMOVED),
}
_WORDS[AskKind.CHANGE] = _WORDS[AskKind.ADD]


def may_keep_ledger(viewer: Viewer, organisation_id: int) -> bool:
    """Whether a person may sign verdicts, and open and close the ledgers of this organisation."""
    return may_act_for_organisation(viewer, organisation_id)


def words_for(kind: str) -> tuple[VerdictWord, ...]:
    """Return the words that may be signed for a kind of ask (GROUND.md, Verdicts)."""
    return _WORDS[kind]


def needs_paragraph(kind: str, word: str) -> bool:
    """Whether a signer must point at a paragraph: words that are gone stand in none."""
    return kind != AskKind.DELETE and word in IN_THE_TEXT


def is_asked_of(ask: Ask, version: Version) -> bool:
    """Whether an ask was made on an earlier version than this one, so that this one can be held against it."""
    if ask.passage is not None:
        base = ask.passage.version
        return base.draft_id == version.draft_id and base.order < version.order
    return version.published_at is not None and version.published_at > ask.made_at


def is_open_to_readers_of(earlier: Version, version: Version) -> bool:
    """Whether all who may read `version` may read `earlier` too.

    What is derived from a text goes no further than the text (GROUND.md, Texts): "removed" in a public version,
    because a version for members had it, would tell the public what that one says.
    """
    if earlier.distribution == Distribution.PUBLIC:
        return True
    if earlier.distribution == Distribution.MEMBERS:
        return version.distribution == Distribution.MEMBERS
    if version.distribution != Distribution.NAMED:
        return False
    readers = {user.pk for user in version.readers.all()}
    return readers <= {user.pk for user in earlier.readers.all()}
