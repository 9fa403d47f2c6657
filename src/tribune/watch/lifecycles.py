"""What hosts call the steps of a text's life, in our six stages.

The words on the left are those of 586 real life cycles of resolutions, and of one negotiation between its
modalities and its adoption.
"""

from __future__ import annotations

import re

from .choices import StageKind

_STAGES: tuple[tuple[str, StageKind], ...] = (
    (r"follow|road ?map|implementation|review of", StageKind.FOLLOW_UP),
    (r"(adoption|action|approval).*(committee|commission|subsidiary|organ)|committee|silence", StageKind.COMMITTEE),
    (r"adopt|resolution as voted", StageKind.ADOPTION),
    (r"zero|^draft\b|^advance\b|elements", StageKind.ZERO_DRAFT),
    (r"rev|amend|correct|corrigendum", StageKind.REVISION),
    (r"submi|sponsor|tabl|final[ _]draft|modalit|facilitator|launch|call|input|comment", StageKind.SUBMISSION),
)

# Steps at which people meet, or until which they may write: not stages, but meetings and calls.
_MEETING = re.compile(r"meeting|consult|hearing|session|forum|\bhle\b|\bigf\b|event", re.IGNORECASE)
_CALL = re.compile(r"(_|\b)(due|deadline)\b", re.IGNORECASE)


def stage_of(word: str) -> StageKind | None:
    """Return the stage that a host's word stands for, or None for a word we do not know.

    >>> stage_of("Adoption by Main Committee").value, stage_of("Oral revision").value, stage_of("picnic")
    ('committee', 'revision', None)
    """
    plain = word.strip().lower().replace("_", " ")
    if plain.replace(" ", "_") in StageKind.values:
        return StageKind(plain.replace(" ", "_"))
    return next((kind for pattern, kind in _STAGES if re.search(pattern, plain)), None)


def step_kind(word: str) -> str:
    """Return "call", "meeting" or "stage" for one step of a chain.

    >>> step_kind("zero_draft_comments_due"), step_kind("stakeholder_consult_1"), step_kind("rev1")
    ('call', 'meeting', 'stage')
    """
    if _CALL.search(word):
        return "call"
    return "meeting" if _MEETING.search(word.replace("_", " ")) else "stage"
