"""Who may do what in a consultation; what a phase permits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from tribune.people.rules import Viewer, may_act_for_organisation, may_moderate_for, may_sign_for_city

from .choices import ConsultationState, ContributionState, Who
from .formats import VERBS

# What may be typed; the server checks, the counter on the page only helps.
MOST_WHY = 2000
MOST_STATEMENT = 200
# What a city, or a person without one, has to give in a phase that prioritises.
MOST_POINTS = 10
MOST_CODES = 1000


class OpenOrNot(Protocol):
    """What a consultation tells about being open."""

    state: str
    closes_at: datetime | None


class Window(Protocol):
    """What a phase tells: what it permits, and from when until when (None: as long as the consultation)."""

    permits: list[str]
    starts_at: datetime | None
    ends_at: datetime | None


def is_open(consultation: OpenOrNot, at: datetime | None) -> bool:
    """Whether people may speak. Past its closing moment it is closed, whether the worker ran or not."""
    if consultation.state != ConsultationState.OPEN:
        return False
    return at is None or consultation.closes_at is None or at < consultation.closes_at


def permitted(phases: Iterable[Window], at: datetime | None) -> frozenset[str]:
    """What the phases in force permit together."""
    found: set[str] = set()
    for phase in phases:
        begun = at is None or phase.starts_at is None or phase.starts_at <= at
        lasts = at is None or phase.ends_at is None or at < phase.ends_at
        if begun and lasts:
            found.update(phase.permits)
    return frozenset(found)


class SpokenTo(Window, Protocol):
    """A phase that also says who may do what it permits."""

    who: str


def is_asked(who: str, viewer: Viewer) -> bool:
    """Whether a person belongs to those whom a phase or a consultation asks."""
    if who == Who.CITIES:
        return bool(viewer.cities)
    if who == Who.MEMBERS:
        return viewer.is_member
    return who == Who.ANYONE or viewer.is_signed_in


def permits_for(viewer: Viewer, phases: Iterable[SpokenTo], *, audience: str, at: datetime | None) -> frozenset[str]:
    """What the phases in force permit this person: by the audience, by each phase, and by what each verb needs."""
    if not is_asked(audience, viewer):
        return frozenset()
    verbs = permitted((phase for phase in phases if is_asked(phase.who, viewer)), at)
    return frozenset(verb for verb in verbs if verb in VERBS and is_asked(VERBS[verb].who, viewer))


def as_a_person(viewer: Viewer) -> Viewer:
    """The same person, speaking for no city."""
    return replace(viewer, cities={})


def most_wording(read: str) -> int:
    """How many characters a proposed wording may have: 1,200, or twice the paragraph where that is more."""
    return max(1200, 2 * len(read))


def may_prepare(viewer: Viewer, organisation_id: int) -> bool:
    return may_act_for_organisation(viewer, organisation_id)


def may_moderate(viewer: Viewer, organisation_id: int) -> bool:
    return may_moderate_for(viewer, organisation_id)


def may_send_position(viewer: Viewer, city_id: int | None) -> bool:
    """A service proposes; only a delegate makes it the position of the city."""
    return city_id is not None and may_sign_for_city(viewer, city_id)


def may_withdraw(viewer: Viewer, *, author_id: int | None, city_id: int | None, state: str) -> bool:
    """Who may take words back: their author, or a delegate of the city; a position is its delegates' to take back."""
    if may_send_position(viewer, city_id):
        return True
    mine = author_id is not None and author_id == viewer.user_id
    if city_id is None:
        return mine
    return mine and state == ContributionState.INNER


def may_revise(viewer: Viewer, *, author_id: int | None, city_id: int | None, state: str) -> bool:
    """Who may write an inner version anew: its author, or a delegate of the city."""
    if city_id is None or state != ContributionState.INNER or city_id not in viewer.cities:
        return False
    return author_id == viewer.user_id or may_send_position(viewer, city_id)
