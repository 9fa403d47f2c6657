"""What the people of a city read of its own work: where its proposals meet, what was settled, who did what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from tribune.people.choices import MANDATED, Role
from tribune.people.models import City, Mandate, Membership
from tribune.people.rules import Viewer

from .choices import Act, ContributionState, Settled
from .meeting import Proposal, collisions, merged
from .models import Consultation, Contribution, Settlement
from .queries import desk_of


@dataclass(frozen=True, slots=True)
class Meeting:
    """Proposals of one city that ask different things of the same words of one paragraph."""

    proposals: tuple[Contribution, ...]
    # (start, end) in the paragraph that was read, and the words there.
    places: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    # The wording that holds all edits, and whether it needs a person to choose within it.
    joined: str
    clean: bool

    @property
    def key(self) -> str:
        """Return the public ids of the proposals, for a form."""
        return ",".join(row.public_id for row in self.proposals)


def meetings_of(viewer: Viewer, city: City) -> dict[tuple[int, int], list[Meeting]]:
    """Return where inner proposals collide, by (consultation, passage), settled ones left out; three queries.

    Only for the people of that city: raises Http404 for others, as `desk_of` does.
    """
    rows = list(desk_of(viewer, city).filter(state=ContributionState.INNER, passage__isnull=False)
                .exclude(act=Act.COMMENT).order_by("pk"))
    both = {frozenset(pair) for settled in Settlement.objects.filter(
        city=city, how=Settled.BOTH, undone_at__isnull=True) for pair in _pairs(settled.met)}
    groups: dict[tuple[int, int, str], list[Contribution]] = defaultdict(list)
    for row in rows:
        assert row.passage_id is not None
        groups[row.consultation_id, row.passage_id, row.read_text].append(row)
    found: dict[tuple[int, int], list[Meeting]] = defaultdict(list)
    for (consultation, passage, read), proposed in groups.items():
        proposals = [Proposal(row.public_id, row.act, row.wording) for row in proposed]
        met = [hit for hit in collisions(read, proposals) if frozenset(hit[:2]) not in both]
        for keys in _together([(one, two) for one, two, _places in met]):
            members = tuple(row for row in proposed if row.public_id in keys)
            places = tuple(sorted({place for one, two, hits in met if one in keys and two in keys for place in hits}))
            joined, clean = merged(read, [proposal for proposal in proposals if proposal.key in keys
                                          and proposal.act != Act.KEEP])
            found[consultation, passage].append(Meeting(
                members, places, tuple(read[start:end].strip() for start, end in places), joined, clean))
    return dict(found)


def settlements_of(viewer: Viewer, city: City) -> list[Settlement]:
    """Return what the city settled and may still undo, newest first; nothing for others."""
    if city.pk not in viewer.cities:
        return []
    return list(Settlement.objects.filter(city=city, undone_at__isnull=True)
                .select_related("consultation", "passage", "kept", "by").order_by("-pk"))


def posts_of(viewer: Viewer, city: City) -> dict[str, tuple[str, str]]:
    """Return what each person is in the city: by public id (role, service); nothing for others."""
    if city.pk not in viewer.cities:
        return {}
    posts: dict[str, tuple[str, str]] = {}
    rows = Membership.objects.filter(city=city).select_related("user").order_by("pk")
    for row in rows:
        there = posts.get(row.user.public_id)
        if there is None or row.role == Role.DELEGATE:
            posts[row.user.public_id] = (str(row.get_role_display()), row.service or (there[1] if there else ""))
    return posts


def mandates_of(contributions: Iterable[Contribution]) -> dict[str, Mandate]:
    """Return what stands behind positions, by public id of the contribution, in one query."""
    ids = [row.public_id for row in contributions if row.city_id is not None]
    return {row.position: row for row in Mandate.objects.filter(position__in=ids)} if ids else {}


def mandate_for(viewer: Viewer, city: City, contribution: Contribution) -> Mandate | None:
    """Return the mandate of a position whose document the viewer may open, or None.

    The people of the city always may; others only a document that was made public with a published position.
    """
    found = Mandate.objects.filter(city=city, position=contribution.public_id).exclude(document="").first()
    if found is None or city.pk in viewer.cities:
        return found
    public = found.document_is_public and contribution.state == ContributionState.PUBLISHED
    return found if public else None


def counts_as_mandated(mandate: Mandate | None, on: date) -> bool:
    """Whether a mandate counts on a day: mayor signed or council vote, and not over."""
    return (mandate is not None and mandate.level in MANDATED
            and (mandate.valid_until is None or mandate.valid_until >= on))


def positions_of(viewer: Viewer, city: City, consultation: Consultation) -> list[Contribution]:
    """Return the city's published positions in a consultation in the order of the text, for its letter."""
    return list(desk_of(viewer, city).filter(Q(consultation=consultation), state=ContributionState.PUBLISHED)
                .select_related("question").order_by("passage__order", "question__order", "pk"))


def _pairs(keys: Sequence[str]) -> list[tuple[str, str]]:
    return [(one, two) for at, one in enumerate(keys) for two in keys[at + 1:]]


def _together(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    groups: list[set[str]] = []
    for one, two in pairs:
        touching = [group for group in groups if one in group or two in group]
        joined = {one, two}.union(*touching)
        groups = [group for group in groups if group not in touching] + [joined]
    return groups
