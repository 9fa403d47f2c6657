"""S14, S15, S16: a text that cannot overstate, the sign-off, and the page a ministry can use."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
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
    make_version,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _send(page, form="main form[method=post]"):
    with page.expect_navigation():
        page.locator(f"{form} button[type=submit]:not(.outline):not(.plain)").first.click()


def _fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url


def _mail(address):
    from tribune.common.models import Mail

    return Mail.objects.filter(recipient=address).latest("pk").body


@pytest.mark.parametrize(("language", "width", "scripts"), [("en", 1280, True), ("ar", 390, True), ("fr", 390, False)])
def test_from_asks_to_signatures_and_the_sheet(open_page, sign_in, work, no_violation, picture, language, width,
                                               scripts):
    hub = make_organisation(name="Hub of towns", contact="desk@hub.example")
    make_officer(hub, email="officer@hub.example", name="Ines", language=language)
    process = make_process(hub, slug="lantern")
    consultation = make_consultation(make_version(["We resolve to involve local authorities."],
                                                  draft=make_draft(process)))
    cities = [make_city(name=f"Town {n}", country="Avalia", signing_email=f"mayor{n}@town.example") for n in range(3)]
    positions = [make_position(consultation, city=city, why="Sept guichets sur dix restent ouverts.", act="ADD",
                               wording="We resolve to involve local authorities and keep counters open.")
                 for city in cities[:2]]
    make_position(consultation, city=cities[2], why="No new counters.")
    make_ask(process, name="Counters stay open", new="and keep counters open", text="counters stay open",
             passage=positions[0].passage, contributions=positions, is_public=False)
    make_delegate(cities[0], email="delegate@town.example", name="Noor", language=language)
    page = open_page(width=width, language=language, scripts=scripts)

    def look(name):
        _fits(page)
        # axe itself is a script: without scripts the page is the same one.
        if scripts:
            no_violation(page)
        picture(page, f"{name}-{language}-{width}")

    # S14: proposed by rule, taken, edited to say more, amber in words, undone.
    sign_in(page, "officer@hub.example", language)
    page.goto(f"/{language}/p/lantern/submissions/new/")
    page.fill("main [name=name]", "Joint answer of towns")
    page.fill("main [name=entitled]", "open call")
    _send(page)
    with page.expect_navigation():
        page.locator("main form[action$='/table/propose/'] button").last.click()
    assert page.locator("main .said").count() == 1
    assert page.locator("main .said.more").count() == 0
    look("drafting")
    page.locator("main .said a[href*='/table/']").first.click()
    page.fill("main [name=text]", "Nine cities ask that counters stay open.")
    _send(page)
    assert page.locator("main .said.more .warn").count()
    assert "Nine" in page.locator("main .said mark, main .said .warn").first.inner_text()
    look("drafting-amber")
    page.locator("main .said .chip[href]").first.click()
    assert "Sept guichets sur dix" in page.inner_text("main")
    table = page.url.split("?")[0]
    page.goto(table + "history/")
    look("drafting-history")
    with page.expect_navigation():
        page.locator("main form[action$='/undo/'] button").first.click()
    assert page.locator("main .said.more").count() == 0
    with page.expect_navigation():
        page.locator("main .said button[value=take]").first.click()

    # S15: a link opens the sign-off, a fresh code signs it.
    base = table.removesuffix("table/")
    page.goto(base + "signing/")
    page.fill("main [name=sign_until]", f"{timezone.now() + timedelta(days=3):%Y-%m-%dT%H:%M}")
    _send(page)
    city = open_page(width=width, language=language, scripts=scripts)
    link = next(word for word in _mail("delegate@town.example").split() if "/sign/" in word)
    city.goto(link)
    for name, value in (("answer", "endorse"), ("level", "council_vote"), ("visibility", "public")):
        city.locator(f"main input[name={name}][value={value}]").check(force=True)
    city.fill("main [name=given_on]", "2024-05-10")
    city.fill("main [name=signer_role]", "deputy mayor")
    _fits(city)
    _send(city)
    city.fill("main [name=code]", next(line.strip() for line in _mail("mayor0@town.example").splitlines()
                                       if line.strip().isdigit()))
    _send(city)
    page.goto(base)
    assert "Town 0" in page.inner_text("main")
    look("submission")
    for suffix in ("docx", "pdf"):
        with page.expect_download() as download:
            page.locator(f"main a[href*='.{suffix}']").first.click()
        assert download.value.path().stat().st_size > 5000

    # S16: the sheet, a letter, the hand-over with its answer.
    page.goto(base + "sheet/")
    look("language-sheet")
    assert "keep counters open" in page.inner_text("main")
    page.goto(base + "letters/")
    look("letters")
    page.locator("main a[href*='/letter/']").first.click()
    assert "Town 0" in page.inner_text("main")
    look("letter")
    page.goto(base + "hand-over/?what=letter&country=Avalia")
    page.fill("main [name=recipient]", "Mission of Avalia")
    _send(page)
    page.locator("main a[href*='/hand-over/']:not([href$='/hand-over/'])").first.click()
    page.fill("main [name=answer]", "We shall consider it.")
    _send(page)
    assert "We shall consider it." in page.inner_text("main")
    work()
    reader = open_page(width=width, language=language, scripts=scripts)
    reader.goto(base)
    assert "Mission of Avalia" not in reader.inner_text("main")
    assert "We shall consider" not in reader.inner_text("main")
    assert reader.locator("main code").count() == 1
