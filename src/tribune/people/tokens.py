"""Three kinds of token: invitation, capability, receipt (GROUND.md, Voices). Stored hashed."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tribune.common.ids import new_receipt
from tribune.common.refusals import Refusal

from .choices import TokenKind
from .models import Token

INVITATION_LIFE = timedelta(days=14)


class TokenRefused(Refusal):
    status = 410
    words = _("This link was used already or is no longer valid. Ask for a new one.")


def _fast(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _slow(receipt: str) -> str:
    # A receipt has about 63 bits and is typed by people: a pepper outside the database and a slow hash make
    # a stolen table useless. Deterministic, so that the receipt finds its row.
    clean = "-".join(receipt.lower().split()).strip("-")
    return hashlib.scrypt(clean.encode(), salt=f"receipt:{settings.SECRET_KEY}".encode(), n=2**14, r=8, p=1,
                          dklen=32).hex()


def _make(kind: TokenKind, secret: str, digest: str, *, purpose: str, thing: str, at: datetime,
          life: timedelta | None, details: dict[str, Any] | None) -> str:
    Token.objects.create(kind=kind, purpose=purpose, thing=thing, digest=digest, details=details or {}, made_at=at,
                         expires_at=at + life if life else None)
    return secret


def make_invitation(*, purpose: str, thing: str, at: datetime, details: dict[str, Any] | None = None) -> str:
    """Return the secret of a new single-use invitation (256 bits, 14 days)."""
    secret = secrets.token_urlsafe(32)
    return _make(TokenKind.INVITATION, secret, _fast(secret), purpose=purpose, thing=thing, at=at,
                 life=INVITATION_LIFE, details=details)


def make_capability(*, purpose: str, thing: str, at: datetime, details: dict[str, Any] | None = None,
                    life: timedelta | None = None) -> str:
    """Return the secret of a new long-lived capability (256 bits), bound to one thing."""
    secret = secrets.token_urlsafe(32)
    return _make(TokenKind.CAPABILITY, secret, _fast(secret), purpose=purpose, thing=thing, at=at, life=life,
                 details=details)


def make_receipt(*, purpose: str, thing: str, at: datetime) -> str:
    """Return a new receipt in speakable syllables; typed by people, never in an address."""
    secret = new_receipt()
    return _make(TokenKind.RECEIPT, secret, _slow(secret), purpose=purpose, thing=thing, at=at, life=None,
                 details=None)


def look_at(secret: str, *, at: datetime, purpose: str | None = None) -> Token:
    """Return the valid invitation or capability of a secret without using it. Raises TokenRefused."""
    token = Token.objects.filter(digest=_fast(secret)).exclude(kind=TokenKind.RECEIPT).first()
    if (token is None or token.used_at or (token.expires_at and token.expires_at <= at)
            or (purpose and token.purpose != purpose)):
        raise TokenRefused
    return token


def find_receipt(receipt: str) -> Token | None:
    """Return the token of a typed receipt, or None. Slow on purpose; callers limit the rate."""
    return Token.objects.filter(kind=TokenKind.RECEIPT, digest=_slow(receipt)).first()


def use(secret: str, *, purpose: str, at: datetime) -> Token:
    """Consume an invitation and return it; of two at once, one gets it. Raises TokenRefused."""
    with transaction.atomic():
        token = look_at(secret, at=at, purpose=purpose)
        if not Token.objects.filter(pk=token.pk, used_at__isnull=True).update(used_at=at):
            raise TokenRefused
        token.used_at = at
        return token


CODE_LIFE = timedelta(minutes=30)


def make_code(*, purpose: str, thing: str, link: str, at: datetime, details: dict[str, Any]) -> str:
    """Return a fresh six-digit code that confirms `details` together with the secret `link` it belongs to.

    Six digits alone would be guessed; the code is worth something only with the link, and callers limit the
    rate. An earlier code for the same thing is void.
    """
    Token.objects.filter(purpose=purpose, thing=thing, used_at__isnull=True).delete()
    code = f"{secrets.randbelow(1_000_000):06d}"
    _make(TokenKind.INVITATION, code, _fast(f"{link}:{code}"), purpose=purpose, thing=thing, at=at, life=CODE_LIFE,
          details=details)
    return code


class CodeRefused(Refusal):
    status = 422
    words = _("This code is not the one we sent, or it is older than 30 minutes. Ask for a new one.")


def use_code(code: str, *, link: str, purpose: str, at: datetime) -> dict[str, Any]:
    """Consume a code and return the details it confirms. Raises CodeRefused."""
    try:
        return use(f"{link}:{''.join(code.split())}", purpose=purpose, at=at).details
    except TokenRefused as error:
        raise CodeRefused from error
