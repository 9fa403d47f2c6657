"""Who follows a process, and how often people hear what changed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tribune.people.models import City, User
from tribune.people.rules import Viewer, may_write_for_city

from ..choices import Rhythm
from ..models import Digest, Follow, Process
from ..refusals import NotYourCity


@transaction.atomic
def follow(*, process: Process, by: Viewer, at: datetime, city: City | None = None, following: bool = True) -> None:
    """Follow a process, or stop: for oneself, or for a city whose public calendar then has its dates.

    Raises NotYourCity unless `by` writes for the city. Says nothing to anybody, so it announces nothing.
    """
    if city is not None and not may_write_for_city(by, city.pk):
        raise NotYourCity
    whose = {"city": city} if city is not None else {"user_id": by.user_id}
    if following:
        Follow.objects.get_or_create(process=process, **whose, defaults={"since": at})
    else:
        Follow.objects.filter(process=process, **whose).delete()


@transaction.atomic
def choose_digest(*, rhythm: str, followed_only: bool, by: Viewer, at: datetime) -> Digest:
    """Choose how often to hear by mail what changed. News from before the choice is not told."""
    assert by.user_id is not None
    digest, made = Digest.objects.select_for_update().get_or_create(
        user_id=by.user_id, defaults={"rhythm": rhythm, "followed_only": followed_only, "told_until": at})
    if not made:
        if digest.rhythm == Rhythm.NEVER:
            digest.told_until = at
        digest.rhythm, digest.followed_only = rhythm, followed_only
        digest.save()
    return digest


@transaction.atomic
def stop_digest(*, public_id: str) -> None:
    """Stop the digest of a person (public id), as their link asks; already stopped is no error."""
    user = User.objects.filter(public_id=public_id).first()
    if user is not None:
        Digest.objects.filter(user=user).update(rhythm=Rhythm.NEVER)
