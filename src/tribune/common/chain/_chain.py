"""A link holds sequence, kind, day, opaque subject id and HMAC(random key, content); GROUND.md, Verdicts."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from datetime import date
from typing import Any

from django.db import transaction

from tribune.common.models import Link, LinkContent

_START = "0" * 64


class Broken(Exception):
    """The chain does not hold; names the first link that does not fit."""


def _canonical(content: Any) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _commit(key: str, content: Any) -> str:
    return hmac.new(bytes.fromhex(key), _canonical(content), hashlib.sha256).hexdigest()


def _digest(link: Link) -> str:
    words = "|".join((link.chain, str(link.sequence), link.kind, link.day.isoformat(), link.subject,
                      link.commitment, link.previous))
    return hashlib.sha256(words.encode()).hexdigest()


@transaction.atomic
def append(chain: str, *, kind: str, subject: str, content: Any, on: date) -> Link:
    """Append one link and return it. `subject` is an opaque id; names and free text belong in `content`."""
    last = Link.objects.select_for_update().filter(chain=chain).order_by("-sequence").first()
    key = secrets.token_hex(32)
    link = Link(chain=chain, sequence=last.sequence + 1 if last else 1, kind=kind, day=on, subject=subject,
                commitment=_commit(key, content), previous=last.digest if last else _START)
    link.digest = _digest(link)
    link.save()
    LinkContent.objects.create(link=link, key=key, content=content)
    return link


@transaction.atomic
def erase(link: Link, *, on: date) -> Link:
    """Delete content and key of a link and append an "erased" link that points at it; return the new link."""
    LinkContent.objects.filter(link=link).delete()
    return append(link.chain, kind="erased", subject=link.subject, content={"sequence": link.sequence}, on=on)


def head(chain: str) -> str:
    """Return the digest of the newest link; it is printed in every export."""
    last = Link.objects.filter(chain=chain).order_by("-sequence").values_list("digest", flat=True).first()
    return last or _START


def verify(chain: str) -> int:
    """Walk the whole chain and return its length. Raises Broken at the first link that does not fit."""
    previous = _START
    n = 0
    for link in Link.objects.filter(chain=chain).order_by("sequence").select_related("content").iterator(500):
        n += 1
        if link.sequence != n or link.previous != previous or link.digest != _digest(link):
            raise Broken(f"{chain}: link {n} does not fit the one before")
        content = getattr(link, "content", None)
        if content is not None and not hmac.compare_digest(link.commitment, _commit(content.key, content.content)):
            raise Broken(f"{chain}: the content of link {n} was changed")
        previous = link.digest
    return n
