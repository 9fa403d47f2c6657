"""Sending what is due: the worker's half of the mail."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from tribune.common.models import Mail

log = logging.getLogger("tribune.mail")
PAUSES = (30, 120, 600, 3600, 6 * 3600, 24 * 3600)


def send_due(*, at: datetime, limit: int = 50) -> int:
    """Send up to `limit` waiting mails and return how many left the house.

    The row is marked right after the server took the mail: a crash between the two repeats one mail, with
    the same Message-ID, and loses none.
    """
    waiting = list(Mail.objects.filter(state=Mail.WAITING, due_at__lte=at).order_by("id")[:limit])
    if not waiting:
        return 0
    n = 0
    connection = get_connection(settings.MAIL_DELIVERY_BACKEND)
    try:
        for mail in waiting:
            try:
                EmailMessage(mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [mail.recipient],
                             headers={"Message-ID": mail.message_id, "Content-Language": mail.language,
                                      **mail.headers}, connection=connection).send()
            except Exception as error:  # an unreachable server or a refused address: wait, do not lose
                _postpone(mail, type(error).__name__, at=at)
                continue
            Mail.objects.filter(pk=mail.pk).update(state=Mail.SENT, sent_at=at)
            n += 1
    finally:
        connection.close()
    return n


def _postpone(mail: Mail, error: str, *, at: datetime) -> None:
    log.warning("mail %s waits: %s", mail.pk, error)
    mail.n_failures += 1
    mail.error = error[:200]
    if mail.n_failures > len(PAUSES):
        mail.state = Mail.DEAD
    else:
        mail.due_at = at + timedelta(seconds=PAUSES[mail.n_failures - 1])
    mail.save(update_fields=["n_failures", "error", "state", "due_at"])
