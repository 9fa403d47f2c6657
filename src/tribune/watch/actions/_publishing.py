"""Publishing a version to those who may read it, and throwing a preview away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from tribune.common import journal, search
from tribune.common.outbox import announce
from tribune.people.models import User
from tribune.people.rules import Viewer

from ..choices import Distribution, VersionState
from ..events import VERSION_PUBLISHED
from ..models import Version
from ..refusals import AlreadyPublished, NobodyNamed, NotShownPublic, NotYourProcess
from ..rules import may_run_process
from ._texts import drop_version


@transaction.atomic
def publish_version(*, version: Version, distribution: str, by: Viewer, at: datetime,
                    readers: Iterable[User] = (), official_url: str = "", public_because: str = "") -> Version:
    """Publish a preview to the public, to members or to named people, and announce VERSION_PUBLISHED.

    A public text needs its official public address or the officer's written word why it may be public; the
    word stays with the version. Raises NotYourProcess, AlreadyPublished, NotShownPublic, NobodyNamed.
    """
    version = (Version.objects.select_for_update(of=("self",)).select_related("draft__process")
               .get(pk=version.pk))
    if not may_run_process(by, version.draft.process.organisation_id):
        raise NotYourProcess
    if version.state == VersionState.PUBLISHED:
        raise AlreadyPublished
    named = list(readers)
    if distribution == Distribution.PUBLIC and not (official_url or public_because.strip()):
        raise NotShownPublic
    if distribution == Distribution.NAMED and not named:
        raise NobodyNamed
    version.state, version.published_at = VersionState.PUBLISHED, at
    version.distribution = Distribution(distribution)
    version.official_url = official_url or version.official_url
    version.public_because = public_because.strip()
    version.save(update_fields=["state", "published_at", "distribution", "official_url", "public_because"])
    version.readers.set(named if distribution == Distribution.NAMED else ())
    search.touch("paragraph", *version.renditions.values_list("pk", flat=True))
    journal.record("version_published", by=by.public_id, thing=version.public_id, at=at)
    announce(VERSION_PUBLISHED, at=at, version=version.pk)
    return version


@transaction.atomic
def discard_preview(*, version: Version, by: Viewer, at: datetime) -> None:
    """Throw a preview away with its files. Raises NotYourProcess and AlreadyPublished."""
    version = (Version.objects.select_for_update(of=("self",)).select_related("draft__process")
               .get(pk=version.pk))
    if not may_run_process(by, version.draft.process.organisation_id):
        raise NotYourProcess
    thing = version.public_id
    drop_version(version)
    journal.record("preview_discarded", by=by.public_id, thing=thing, at=at)
