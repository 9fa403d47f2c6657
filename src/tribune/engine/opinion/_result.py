"""What the opinion engine finds, as frozen dataclasses a page can draw from and a file can hold."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Share = float


@dataclass(frozen=True, slots=True)
class Representative:
    """A statement that tells a group from the others; counts are the group's.

    `side` is "agree" or "disagree"; `share` of those of the group who voted took it, `elsewhere` of the others.
    `representativeness` is the difference of these shares on votes that did not help to form the groups, with its
    95 % interval `low`..`high` (simultaneous over the statements of the group); None where votes were too few.
    In the polis profile it is Polis's ratio of the shares, without interval.
    """

    statement: Any
    side: str
    agree: int
    disagree: int
    passed: int
    share: Share
    elsewhere: Share
    representativeness: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """People who vote alike. `id` counts from 0, the largest group first; (x, y) is its middle.

    `size` counts those who formed the group, `placed` the flagged accounts placed in it afterwards; `hull` is the
    outline of its members on the map; `votes` are its (agree, disagree, pass) in the order of `Opinion.statements`.
    """

    id: int
    size: int
    placed: int
    x: float
    y: float
    hull: tuple[tuple[float, float], ...]
    statements: tuple[Representative, ...]
    votes: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Consensus:
    """What unites: `share` of all who voted took `side` (95 % interval), and `groups` the share in each group.

    `score` is group-informed consensus: the product over groups of (n + 1) / (voters + 2).
    """

    statement: Any
    side: str
    agree: int
    disagree: int
    passed: int
    share: Share
    low: float
    high: float
    groups: tuple[Share, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Divisive:
    """What divides. With groups: `score` is the greatest difference between two groups in the share that agrees,
    `groups` that share in each. With one group: `score` is twice the smaller of the shares that agree and disagree.
    """

    statement: Any
    agree: int
    disagree: int
    passed: int
    score: float
    groups: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Bridge:
    """Where two groups meet: most of both take the same `side`; `shares` are theirs, `elsewhere` that of the rest."""

    groups: tuple[int, int]
    statement: Any
    side: str
    shares: tuple[Share, Share]
    elsewhere: Share | None


@dataclass(frozen=True, slots=True)
class Minority:
    """A view that most of one group hold, and most of all voters do not."""

    group: int
    statement: Any
    side: str
    share: Share
    everyone: Share


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: votes of everyone (flagged accounts too), and where somebody who agrees with it alone stands."""

    id: Any
    agree: int
    disagree: int
    passed: int
    x: float
    y: float
    extremity: float


@dataclass(frozen=True, slots=True)
class Flag:
    """An account left out of the fit and placed afterwards: `code` is "same_answer" or "votes_alike" (with `like`)."""

    participant: Any
    code: str
    n_votes: int
    like: Any = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence of the trust panel; `level` is "good", "caution" or "poor", `code` and `values` let a page say it."""

    code: str
    level: str
    message: str
    values: dict[str, float]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What happens without one unit (a city): number of groups, and likeness (ARI) of the others' groups to before."""

    unit: str
    n_participants: int
    n_groups: int
    agreement: float


@dataclass(frozen=True, slots=True)
class WithFlagged:
    """The result had flagged accounts taken part: number of groups, silhouette, and the others' ARI to the result."""

    n_groups: int
    silhouette: float | None
    agreement: float


@dataclass(frozen=True, slots=True)
class Trust:
    """How far to trust the groups; None where a figure was not computed.

    `chance_p`: probability of groups this separate if every statement's votes were dealt out anew among its voters.
    `continuum_p`: the same for a cloud of the same spread without gaps; when high, the groups are parts of a scale.
    `stability`: mean likeness (ARI) of the groups when a tenth of the votes is hidden; `stability_low` the least.
    `coverage`: share of participants with enough votes to be grouped; `density`: share of possible votes cast.
    `checked_on`: how many participants the slow checks looked at (a seeded sample of large conversations).
    """

    silhouette: float | None
    chance_p: float | None
    continuum_p: float | None
    stability: float | None
    stability_low: float | None
    smallest_group: int | None
    coverage: float
    density: float
    checked_on: int
    flagged: tuple[Flag, ...]
    with_flagged: WithFlagged | None
    left_out: tuple[LeftOut, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where everybody stands: columns of equal length, in canonical order of participants.

    `group` is -1 for those who voted too little to be grouped, or where there is no map.
    """

    participant: npt.NDArray[Any]
    group: npt.NDArray[np.int64]
    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]
    n_votes: npt.NDArray[np.int64]
    flagged: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.participant)


@dataclass(frozen=True, slots=True)
class Opinion:
    """The result. `n_groups` is 0 where no map is drawn (then `reason` says why), 1 for one group."""

    profile: str
    n_participants: int
    n_statements: int
    n_votes: int
    n_groups: int
    reason: str
    reason_message: str
    groups: tuple[Group, ...]
    consensus: tuple[Consensus, ...]
    divisive: tuple[Divisive, ...]
    bridges: tuple[Bridge, ...]
    minorities: tuple[Minority, ...]
    statements: tuple[Statement, ...]
    trust: Trust
    places: Places


def to_json(opinion: Opinion, *, places: bool = True) -> dict[str, Any]:
    """The result as what `tribune opinion` prints: plain dicts and lists, floats to 6 significant digits.

    `passed` is called "pass" here; with `places=False` the participants are left out.
    """
    found = {
        "profile": opinion.profile,
        "n_participants": opinion.n_participants,
        "n_statements": opinion.n_statements,
        "n_votes": opinion.n_votes,
        "n_groups": opinion.n_groups,
        "reason": {"code": opinion.reason, "message": opinion.reason_message} if opinion.reason else None,
        "groups": [asdict(group) for group in opinion.groups],
        "consensus": [asdict(one) for one in opinion.consensus],
        "divisive": [asdict(one) for one in opinion.divisive],
        "bridges": [asdict(one) for one in opinion.bridges],
        "minorities": [asdict(one) for one in opinion.minorities],
        "statements": [asdict(one) for one in opinion.statements],
        "trust": asdict(opinion.trust),
    }
    if places:
        columns = opinion.places
        found["participants"] = [
            {"participant": who, "group": None if group < 0 else group, "x": x, "y": y, "flagged": flagged}
            for who, group, x, y, flagged in zip(columns.participant.tolist(), columns.group.tolist(),
                                                 columns.x.tolist(), columns.y.tolist(), columns.flagged.tolist(),
                                                 strict=True)]
    plain: dict[str, Any] = _plain(found)
    return plain


def _plain(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {("pass" if key == "passed" else key): _plain(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [_plain(one) for one in thing]
    if isinstance(thing, np.generic):
        return _plain(thing.item())
    if isinstance(thing, float):
        # -0.0 would print as another text than 0.0.
        return float(f"{thing:.6g}") + 0.0
    return thing
