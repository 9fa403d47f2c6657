"""How often a door may be knocked at: counted by opaque key and window, no address stored."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tribune.common.refusals import TooMany

from .models import Attempt


def knock(door: str, who: str, *, at: datetime, most: int, seconds: int) -> None:
    """Count one attempt of `who` at `door`; raise TooMany above `most` in a window of `seconds`.

    `who` (an address, a session) is kept only as HMAC with the day inside, so that it says nothing tomorrow.
    """
    key = hmac.new(settings.SECRET_KEY.encode(), f"{door}|{who}|{at:%Y-%m-%d}".encode(), hashlib.sha256).hexdigest()
    window = int(at.timestamp()) // seconds
    with transaction.atomic():
        Attempt.objects.get_or_create(key=key, window=window)
        Attempt.objects.filter(key=key, window=window).update(n=F("n") + 1)
        n = Attempt.objects.values_list("n", flat=True).get(key=key, window=window)
    if n > most:
        raise TooMany(_("That was tried too often. Wait %(minutes)d minutes, then try again.")
                      % {"minutes": max(1, seconds // 60)})
