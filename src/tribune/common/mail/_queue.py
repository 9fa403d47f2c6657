"""Putting a mail in the queue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.utils import make_msgid

from tribune.common.models import Mail


def queue(*, to: str, subject: str, body: str, at: datetime, reason: str = "", language: str = "en",
          headers: Mapping[str, str] | None = None) -> Mail | None:
    """Write one mail and return its row; return None when `reason` was already sent to this address.

    `reason` names the news ("ask:7:verdict:31"): reactions may run twice, people read it once.
    """
    subject = " ".join(subject.split())
    if reason:
        mail, made = Mail.objects.get_or_create(
            recipient=to, reason=reason,
            defaults={"message_id": make_msgid(domain="tribune.local"), "subject": subject, "body": body,
                      "language": language, "headers": dict(headers or {}), "made_at": at, "due_at": at})
        return mail if made else None
    return Mail.objects.create(message_id=make_msgid(domain="tribune.local"), recipient=to, subject=subject,
                               body=body, language=language, headers=dict(headers or {}), made_at=at, due_at=at)
