import smtplib
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from tests.factories import NOW

from tribune.common.mail import queue, send_due
from tribune.common.models import Mail

pytestmark = pytest.mark.django_db


def test_mail_is_queued_then_sent_once():
    queue(to="a@town.example", subject="Two\nlines", body="Words", at=NOW)
    assert send_due(at=NOW) == 1
    assert send_due(at=NOW) == 0
    [sent] = django_mail.outbox
    assert sent.subject == "Two lines"
    assert sent.extra_headers["Message-ID"] == Mail.objects.get().message_id


def test_same_news_goes_once_to_the_same_person():
    assert queue(to="a@town.example", subject="s", body="b", at=NOW, reason="ask:7:rev1")
    assert queue(to="a@town.example", subject="s", body="b", at=NOW, reason="ask:7:rev1") is None
    assert queue(to="b@town.example", subject="s", body="b", at=NOW, reason="ask:7:rev1")
    assert send_due(at=NOW) == 2


def test_unreachable_server_loses_nothing(settings):
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    queue(to="a@town.example", subject="s", body="b", at=NOW)
    assert send_due(at=NOW) == 0
    row = Mail.objects.get()
    assert row.state == Mail.WAITING
    assert row.due_at > NOW
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due(at=NOW + timedelta(minutes=1)) == 1


def test_after_a_crash_the_repeat_has_the_same_message_id(monkeypatch):
    queue(to="a@town.example", subject="s", body="b", at=NOW)
    taken = []

    class Crash(BaseException):
        pass

    from django.core.mail.message import EmailMessage

    def send_then_crash(self, fail_silently=False):
        taken.append(self.extra_headers["Message-ID"])
        if len(taken) == 1:
            raise Crash
        return 1

    monkeypatch.setattr(EmailMessage, "send", send_then_crash)
    with pytest.raises(Crash):
        send_due(at=NOW)
    send_due(at=NOW)
    send_due(at=NOW)
    assert len(taken) == 2
    assert taken[0] == taken[1]


def test_refused_address_ends_dead_after_days(monkeypatch):
    queue(to="a@town.example", subject="s", body="b", at=NOW)
    from django.core.mail.message import EmailMessage

    def refuse(self, fail_silently=False):
        raise smtplib.SMTPRecipientsRefused({})

    monkeypatch.setattr(EmailMessage, "send", refuse)
    at = NOW
    for _ in range(9):
        send_due(at=at)
        at += timedelta(days=2)
    assert Mail.objects.get().state == Mail.DEAD
