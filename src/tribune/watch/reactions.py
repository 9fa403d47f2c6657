"""What this room does once a version is published: compares it with its neighbours."""

from __future__ import annotations

from tribune.common.outbox import Happened, reaction

from . import actions
from .choices import Distribution, VersionState
from .events import VERSION_PUBLISHED, VERSION_REREAD
from .models import Alignment, Version
from .refusals import NoCommonLanguage


@reaction(VERSION_PUBLISHED)
def on_version_published(happened: Happened) -> None:
    """Align a new version with the one before it, and the one after it if it came late.

    Where the one before is not for the public and this one is, it is also compared with the last public one:
    else permalinks of public texts would end there for the public.
    """
    version = Version.objects.get(pk=happened.ids["version"])
    published = Version.objects.filter(draft=version.draft_id, state=VersionState.PUBLISHED)
    earlier = published.filter(order__lt=version.order).order_by("-order")
    before, after = earlier.first(), published.filter(order__gt=version.order).order_by("order").first()
    for old, new in ((before, version), (version, after)):
        if old and new:
            _align(old, new, happened)
    if before and version.distribution == Distribution.PUBLIC != before.distribution:
        public = earlier.filter(distribution=Distribution.PUBLIC).first()
        if public:
            try:
                actions.compare_versions(old=public, new=version, at=happened.at)
            except NoCommonLanguage:
                return


def _align(old: Version, new: Version, happened: Happened) -> None:
    try:
        actions.align_versions(old=old, new=new, at=happened.at)
    except NoCommonLanguage:
        # The page of the comparison says so; once a common language is added, a reader's visit compares them.
        return


@reaction(VERSION_REREAD)
def on_version_reread(happened: Happened) -> None:
    """Compare a version that was read anew with its neighbours again; for other rooms that is no news."""
    version = Version.objects.get(pk=happened.ids["version"])
    published = Version.objects.filter(draft=version.draft_id, state=VersionState.PUBLISHED)
    before = published.filter(order__lt=version.order).order_by("-order").first()
    after = published.filter(order__gt=version.order).order_by("order").first()
    for old, new in ((before, version), (version, after)):
        if old and new:
            try:
                found = actions.compare_versions(old=old, new=new, at=happened.at)
            except NoCommonLanguage:
                continue
            Alignment.objects.filter(pk=found.pk, announced_at=None).update(announced_at=happened.at)
