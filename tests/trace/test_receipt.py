"""The holder of a receipt reads what became of these words, and no more than everybody may."""

import pytest
from django.urls import reverse
from tests.factories import NOW, make_ask, make_consultation, make_contribution, make_verdict, make_version

from tribune.people.tokens import make_receipt
from tribune.trace.models import Ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt_and_verdict():
    consultation = make_consultation(make_version(["We commit to schools."]))
    contribution = make_contribution(consultation)
    type(contribution).objects.filter(pk=contribution.pk).update(state="published")
    contribution.refresh_from_db()
    ask = make_ask(consultation.process, contributions=[contribution], is_public=True)
    later = make_version(["We commit to schools and libraries."], draft=consultation.version.draft)
    verdict = make_verdict(ask, later)
    receipt = make_receipt(purpose="contribution", thing=contribution.public_id, at=NOW)
    return receipt, verdict


def test_receipt_tells_what_became_once_it_is_signed_and_open(client, receipt_and_verdict):
    receipt, verdict = receipt_and_verdict
    closed = client.post(reverse("listen:receipt"), {"receipt": receipt}).content.decode()
    assert "What became of your words" in closed
    assert "in substance" not in closed
    type(verdict).objects.filter(pk=verdict.pk).update(state="confirmed", signed="substance", signed_at=NOW)
    Ledger.objects.update_or_create(process=verdict.ask.process, defaults={"opened_at": NOW})
    told = client.post(reverse("listen:receipt"), {"receipt": receipt}).content.decode()
    assert "in substance" in told
    assert "Appearance is not proof of influence" in told
