"""What a city asks of a text, and what became of it."""

from dataclasses import dataclass

ASK_KINDS = ("KEEP", "ADD", "CHANGE", "DELETE")
VERDICTS = ("verbatim", "substance", "partly", "none", "removed", "kept")


@dataclass(frozen=True, slots=True)
class Ask:
    """`target` is a paragraph id or ""; `old` are words to strike or keep, `new` words to insert, `text` prose."""

    id: str
    kind: str
    target: str = ""
    old: str = ""
    new: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict or direction is what it is: a stable code and words for a person."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A paragraph of the judged ("text") or the older ("old") text, with the matching half-open spans.

    `score` ranks within one ask only and must not be compared across asks.
    """

    where: str
    paragraph: str
    score: float
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The proposed verdict for one ask; a person signs it or overrules it.

    `direction` is "strengthened", "weakened", "neutral" or None; `confidence` a calibrated probability that
    the verdict is right; `already_there` says that the evidence stood in the older text already.
    """

    ask: str
    verdict: str
    direction: str | None
    confidence: float
    already_there: bool
    reasons: tuple[Reason, ...]
    evidence: tuple[Evidence, ...]
