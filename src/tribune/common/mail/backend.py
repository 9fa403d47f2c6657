"""Django's way of sending mail, turned into rows of the queue."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.translation import get_language

from ._queue import queue


class QueueBackend(BaseEmailBackend):
    """Queues each message for each recipient; the worker sends it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        n = 0
        for message in email_messages:
            for recipient in message.recipients():
                queue(to=recipient, subject=str(message.subject), body=str(message.body), at=timezone.now(),
                      language=get_language() or "en")
                n += 1
        return n
