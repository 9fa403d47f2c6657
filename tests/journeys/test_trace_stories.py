"""S17 the next draft arrives; S18 what became of it; S19 memory: by keyboard, on a phone, in Arabic, without scripts.
"""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import transaction
from tests.factories import (
    make_ask,
    make_city,
    make_consultation,
    make_delegate,
    make_draft,
    make_officer,
    make_organisation,
    make_position,
    make_process,
    make_user,
    make_version,
    user_of,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ZERO = ["We resolve to provide public services for all people, wherever they live.",
        "We commit to connecting every school, and States shall consult local governments."]
ADOPTED = ["We resolve to provide public services for all people, together with local authorities, wherever they live.",
           "We commit to connecting every school, and States may consult local governments, as appropriate.",
           "We request the Secretary-General to give advice on engagement with local authorities by June 2031."]


@pytest.fixture
def story(work):
    from types import SimpleNamespace

    from django.utils import timezone

    from tribune.watch.models import Paragraph

    organisation = make_organisation(name="Union of Towns")
    officer = make_officer(organisation, email="officer@union.example")
    process = make_process(organisation, name="Lantern Conference", slug="lantern")
    draft = make_draft(process, name="Outcome", slug="outcome")
    zero = make_version(ZERO, draft=draft, name="Zero draft", slug="zero")
    consultation = make_consultation(zero, by=officer)
    city = make_city(name="Port Azur", slug="port-azur")
    delegate = make_delegate(city, email="delegate@azur.example")
    user = user_of(delegate)
    user.language = "fr"
    user.save()
    position = make_position(consultation, city=city, by=delegate, act="ADD", wording=ADOPTED[0],
                             why="Our desks serve people who have no device. Keep them.")
    make_ask(process, passage=zero.passages.get(path="1"), new="together with local authorities",
             name="Together with local authorities", contributions=[position], by=officer)
    make_ask(process, passage=zero.passages.get(path="2"), kind="KEEP", old="States shall consult local governments",
             new="", name="Keep the duty to consult", contributions=[position], by=officer)
    adopted = make_version(ADOPTED, draft=draft, name="As adopted", slug="adopted", stage="adoption",
                           symbol="L/9/2", dated_on=date(2027, 7, 2))
    start = ADOPTED[2].index("local authorities")
    Paragraph.objects.filter(passage__version=adopted, passage__path="3").update(mentions=[{
        "term": "local authorities", "kind": "actor", "tier": "explicit", "start": start, "end": start + 17}])
    from tribune.common.outbox import announce
    from tribune.watch.events import VERSION_PUBLISHED

    with transaction.atomic():
        announce(VERSION_PUBLISHED, at=timezone.now(), version=adopted.pk)
    for _ in range(6):
        work()
    make_user(email="reader@example.org")
    return SimpleNamespace(process=process, adopted=adopted, city=city, zero=zero)


def _say(page):
    return page.locator("main").inner_text()


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (False, 390)])
def test_s17_the_officer_signs_and_everybody_reads_the_same(open_page, sign_in, work, story, no_violation, picture,
                                                            scripts, width):
    from tribune.common.models import Mail

    officer = open_page(width=width, scripts=scripts)
    sign_in(officer, "officer@union.example")
    officer.goto("/en/p/lantern/ledger/desk/")
    assert "2 proposals wait for a person" in _say(officer)
    picture(officer, f"s17-desk-{width}")
    # By keyboard: the first proposal is confirmed with Enter on its button.
    first = officer.locator("main form[action*='/ledger/sign/'] button").first
    first.focus()
    officer.keyboard.press("Enter")
    officer.wait_for_url("**/desk/?at=*")
    assert "1 proposal waits for a person" in _say(officer)
    # The weakened duty is overruled with a reason: a person may see more than the comparison.
    officer.goto(officer.locator("main a[href*='/ledger/sign/']").first.get_attribute("href"))
    words = _say(officer)
    assert "States may consult local governments" in words
    officer.locator("input[name=signed][value=partly]").check(force=True)
    officer.fill("input[name=paragraph]", "2")
    officer.fill("textarea[name=reason]", "The duty became a possibility.")
    officer.locator("main form button[type=submit]").first.click()
    officer.wait_for_url("**/desk/**")
    officer.goto("/en/p/lantern/ledger/")
    officer.locator("main form[action$='/ledger/open/'] button").click()
    officer.wait_for_load_state()
    work()
    work()

    reader = open_page(width=width, scripts=scripts)
    reader.goto("/en/p/lantern/ledger/")
    if scripts:
        no_violation(reader)
    picture(reader, f"s17-ledger-{width}")
    page = _say(reader)
    assert "After “As adopted”: 1 verbatim, 1 partly." in page
    assert "0 of 1 ask to keep words still stands." in page
    assert "Appearance is not proof of influence" in page
    found = json.loads(reader.request.get("/en/p/lantern/ledger.json").text())
    assert found["latest"]["counts"] == {"partly": 1, "verbatim": 1}
    assert "partly" in reader.request.get("/en/p/lantern/ledger.csv").text()
    reader.locator("main a[href^='?ask=2']").first.click()
    reader.wait_for_url("**ask=2*")
    assert "The duty became a possibility." in _say(reader)
    # One message to the delegate, in French, with both asks.
    mails = [mail for mail in Mail.objects.filter(recipient="delegate@azur.example", language="fr")
             if "/fr/ask/" in mail.body]
    assert len(mails) == 1
    assert mails[0].body.count("/fr/ask/") == 2


def test_s18_a_city_and_its_resident_read_what_became_of_it(open_page, story, work, no_violation, picture):
    from django.utils import timezone

    from tribune.trace import actions
    from tribune.trace.models import Verdict

    officer = make_officer(story.process.organisation)
    for verdict in Verdict.objects.filter(version=story.adopted):
        actions.sign_verdict(verdict=verdict, signed=verdict.proposed, paragraph=verdict.ask.passage.path, by=officer,
                             at=timezone.now())
    actions.open_ledger(process=story.process, by=officer, at=timezone.now())
    for width, language in ((1280, "en"), (390, "ar")):
        page = open_page(width=width, language=language)
        page.goto(f"/{language}/city/port-azur/")
        no_violation(page)
        picture(page, f"s18-city-{language}")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        if language == "en":
            assert "2 of 2 asks of Port Azur appear in the text" in _say(page)
            # The number opens what it counts, and the ask opens its paragraph.
            page.locator("#asks a[href*='show=in']").first.click()
            page.wait_for_url("**show=in**")
            assert "2 asks of Port Azur" in _say(page)
            page.locator("main a.ledger-para bdi").first.click()
            page.wait_for_url("**/adopted/**")
    assert page.request.get("/en/city/port-azur/asks.pdf").body().startswith(b"%PDF-")
    assert "<svg" in page.request.get("/en/city/port-azur/qr.svg").text()
    frame = open_page(width=390, scripts=False)
    frame.goto("/embed/city/port-azur/?language=en")
    assert "2 of 2 asks of Port Azur appear in the text" in _say(frame)
    assert "Appearance is not proof of influence" in _say(frame)


def test_s19_what_was_asked_before_and_what_was_promised(open_page, sign_in, story, work, no_violation, picture):
    from tribune.common import search

    search.build()
    reader = open_page(scripts=False)
    reader.goto("/en/asks/")
    reader.locator("main a[href$='/memory/']").click()
    reader.wait_for_url("**/memory/")
    reader.fill("input[name=q]", "consult local governments")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/memory/?q=**")
    words = _say(reader)
    assert "Keep the duty to consult" in words
    assert "Outcome, As adopted (L/9/2), 2 July 2027, paragraph 2" in words
    look = open_page(width=390, language="ar")
    look.goto("/ar/memory/?q=local+governments")
    no_violation(look)
    picture(look, "s19-memory-ar")
    assert look.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    officer = open_page()
    sign_in(officer, "officer@union.example")
    officer.goto("/en/p/lantern/")
    officer.locator("main a[href$='/p/lantern/promises/']").click()
    officer.wait_for_url("**/promises/")
    assert "1 sentence may be a promise with a date" in _say(officer)
    no_violation(officer)
    picture(officer, "s19-promises")
    officer.locator("main a[href*='/promises/']").last.click()
    officer.wait_for_url("**/promises/*/")
    no_violation(officer)
    picture(officer, "s19-follow-up")
    officer.locator("main form button[type=submit]").first.click()
    officer.wait_for_url("**/promises/")
    reader.goto("/en/commitments/?local=1")
    assert "by June 2031" in _say(reader)
    picture(reader, "s19-commitments")
    reader.goto("/en/p/lantern/")
    assert "1 promise with a date" in _say(reader)
    dates = reader.request.get("/en/p/lantern.ics").text().replace("\r\n ", "")
    assert "give advice on engagement with local authorities" in dates
