"""S3, S4 and S19: what changed for cities, two languages side by side, the page to share, and search."""

import pytest
from django.utils import timezone
from tests.factories import make_document, make_draft, make_officer, make_organisation, make_preview, make_process

from tribune.watch import actions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OLD = ["Invites local authorities to connect schools.", "We commit to urban areas by the lakes."]
NEW = ["We commit to urban areas by the lakes.", "Calls upon local authorities to connect schools.",
       "Recognizes municipalities, and decides that mayors shall report."]
FRENCH = ("1. Nous nous engageons pour les zones urbaines au bord des lacs.\n\n2. Demande aux autorités locales de "
          "relier les écoles.\n\n3. Reconnaît les municipalités, et décide que les maires feront rapport.\n")


@pytest.fixture
def story(live_server, settings, work):
    settings.BASE_URL = live_server.url
    officer = make_officer(make_organisation(name="Hub of the lakes"))
    process = make_process(organisation_id=min(officer.officer_of), slug="lakes", name="Conference of the Lakes",
                           names={"ar": "مؤتمر البحيرات"})
    draft = make_draft(process)
    for slug, name, texts in (("zero", "Zero draft", OLD), ("rev1", "First revision", NEW)):
        version = make_preview(texts, by=officer, draft=draft, slug=slug, file_name=f"{slug}.txt", name=name)
        if slug == "rev1":
            actions.add_rendition(version=version, document=make_document(FRENCH), file_name="fr.txt",
                                  file=FRENCH.encode(), language="fr", status="machine", by=officer, at=timezone.now())
        actions.publish_version(version=version, distribution="public", by=officer, at=timezone.now(),
                                public_because="Read out in the plenary.")
    while work():
        pass
    for _ in range(3):
        work()
    from tribune.common import search

    search.build()
    return "/p/lakes/d/outcome"


@pytest.mark.parametrize(("width", "language", "scripts"), [(1280, "en", True), (390, "en", False), (390, "ar", True),
                                                              (1280, "ar", False)])
def test_pages_hold_in_any_width_and_direction(story, open_page, no_violation, picture, width, language, scripts):
    page = open_page(width=width, language=language, scripts=scripts)
    for name, path in (("compare", f"{story}/compare/zero...rev1/"),
                       ("inline", f"{story}/compare/zero...rev1/?layout=inline"),
                       ("sides", f"{story}/rev1/sides/?text=fr&beside=en"), ("cities", f"{story}/rev1/cities/"),
                       ("search", "/search/?q=local+authorities&mention=explicit"), ("empty", "/search/")):
        page.goto(f"/{language}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width + 1, name
        picture(page, f"s3-{name}-{width}-{language}")
        if scripts:
            no_violation(page)


def test_what_changed_for_cities_is_found_without_script(story, open_page):
    page = open_page(scripts=False)
    page.goto(f"/en{story}/compare/zero...rev1/")
    assert "moved" in page.locator(".pairs").inner_text()
    page.get_by_role("link", name="Mentions").click()
    assert "mayors" in page.locator(".pairs").inner_text()
    with page.expect_download() as waited:
        page.get_by_role("link", name="This table as XLSX").click()
    assert waited.value.suggested_filename == "outcome-zero-rev1.xlsx"


def test_a_machine_translation_is_marked_beside_the_original(story, open_page):
    page = open_page()
    page.goto(f"/en{story}/rev1/sides/?text=fr&beside=en")
    words = page.locator("main").inner_text()
    assert "machine translation" in words
    assert "Demande aux autorités locales" in words
    assert "Calls upon local authorities" in words


def test_words_are_found_by_keyboard_and_by_meaning(story, open_page):
    page = open_page()
    page.goto("/en/search/")
    page.keyboard.type('"local authorities"')
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    assert page.locator("h1").inner_text() == "2 places hold these words"
    page.locator("ol.founds a").last.click()
    assert "local authorities" in page.locator("main").inner_text()
    page.goto("/en/search/?q=autorités+locales+écoles&text=en")
    assert "local authorities to connect schools" in page.locator("main").inner_text()


def test_a_reader_reports_what_was_missed(story, open_page):
    page = open_page(scripts=False, width=390)
    page.goto(f"/en{story}/rev1/cities/")
    page.fill("input[name=place]", "1")
    page.fill("input[name=words]", "urban areas")
    page.get_by_role("button", name="Report").click()
    assert "Your report has arrived" in page.locator("main").inner_text()
