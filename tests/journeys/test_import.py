"""S2: an officer imports a file, puts the reading right, publishes it; by mouse, by keyboard, and without script."""

from __future__ import annotations

import pytest
from tests.factories import make_draft, make_officer, make_organisation, make_process, user_of

from tribune.watch import queries
from tribune.watch.models import Version

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# One number is missing, one paragraph was torn apart, two stand on one line, and a running head slipped in.
PAGES = [
    ["The Council,", "", "1. We resolve to involve local authorities in all programmes.", "",
     "2. We commit to connect every school, and to report on it in the year", "",
     "2015. They shall be open to all. 4. We thank the host city.", "", "Provisional reading of the secretariat"],
]


@pytest.fixture
def officer():
    return make_officer(make_organisation(), email="desk@hub.example")


@pytest.fixture
def draft(officer):
    return make_draft(make_process(organisation_id=min(officer.officer_of)))


def send_file(page, draft, language="en"):
    page.goto(f"/{language}/p/{draft.process.slug}/d/{draft.slug}/import/")
    page.set_input_files("input[type=file]", {"name": "draft.txt", "mimeType": "text/plain",
                                              "buffer": "\n".join(PAGES[0]).encode()})
    page.select_option("[name=language]", "en")
    page.fill("[name=name]", "Zero draft")
    page.fill("[name=dated_on]", "2027-03-04")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/zero-draft/preview/**")


def texts():
    return [(one.number, one.text) for one in queries.paragraphs_of(Version.objects.get(), "en")]


RIGHT = [("1", "We resolve to involve local authorities in all programmes."),
         ("2", "We commit to connect every school, and to report on it in the year 2015. They shall be open to all."),
         ("3", "We thank the host city.")]


def row(page, words):
    return page.locator(".brow", has_text=words).first


def test_an_officer_puts_a_reading_right_and_publishes_it(open_page, sign_in, officer, draft, no_violation, picture):
    page = open_page()
    sign_in(page, user_of(officer).email)
    send_file(page, draft)
    no_violation(page)
    row(page, "They shall be open").locator(".brow-number a").click()
    page.fill("#bench-words", page.input_value("#bench-words").replace(" 4. We thank", "\n4. We thank"))
    page.get_by_role("button", name="Split it there").click()
    row(page, "They shall be open").locator(".brow-number a").click()
    page.get_by_role("button", name="Join to the one before").click()
    # The warning leads to its paragraph.
    page.get_by_role("link", name="4 follows 2.").click()
    page.wait_for_selector("#chosen .brow-acts")
    assert "We thank the host" in page.locator("#chosen").inner_text()
    picture(page, "import-1-chosen")
    no_violation(page)
    page.fill("#bench-number", "three")
    page.get_by_role("button", name="Give this number").click()
    page.wait_for_selector("text=This was not done")
    assert page.input_value("#bench-number") == "three", "what was typed stays"
    page.fill("#bench-number", "3")
    page.get_by_role("button", name="Give this number").click()
    row(page, "Provisional reading").locator(".brow-number a").click()
    page.get_by_role("button", name="Leave it out").click()
    page.wait_for_selector("text=One line left out")
    assert [one for one in texts() if one[0]] == RIGHT
    page.get_by_role("button", name="Undo").click()
    page.wait_for_load_state()
    assert any("Provisional" in text for _, text in texts())
    page.get_by_role("button", name="Redo").click()
    page.wait_for_load_state()
    assert not any("Provisional" in text for _, text in texts())
    picture(page, "import-2-right")
    page.get_by_role("link", name="Publish").click()
    page.locator("input[name=distribution][value=public]").check(force=True)
    page.fill("[name=official_url]", "https://host.example/zero")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/zero-draft/")
    assert "We thank the host city." in page.content()


def test_the_same_by_keyboard(open_page, sign_in, officer, draft):
    page = open_page()
    sign_in(page, user_of(officer).email)
    send_file(page, draft)

    def go(words):
        for _ in range(12):
            here = page.locator(".brow.here")
            if here.count() and words in here.inner_text():
                return
            page.keyboard.press("j")
        raise AssertionError(f"never came to {words!r}")

    go("They shall be open")
    page.keyboard.press("s")
    page.wait_for_selector("#bench-words:focus")
    page.fill("#bench-words", page.input_value("#bench-words").replace(" 4. We thank", "\n4. We thank"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=was split")
    assert page.evaluate("document.activeElement.closest('.brow').id") == "chosen", "focus stays at the paragraph"
    page.keyboard.press("m")
    page.wait_for_selector("text=was joined")
    go("We thank the host")
    page.keyboard.press("n")
    page.wait_for_selector("#bench-number:focus")
    page.fill("#bench-number", "3")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=has a new number")
    go("Provisional")
    page.keyboard.press("x")
    page.wait_for_selector("text=was left out")
    assert [one for one in texts() if one[0]] == RIGHT
    page.keyboard.press("u")
    page.wait_for_selector("text=Provisional reading")
    page.keyboard.press("?")
    assert page.locator("details.keys").get_attribute("open") is not None


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_same_without_script_on_a_phone(open_page, sign_in, officer, draft, language, picture):
    page = open_page(width=390, language=language, scripts=False)
    sign_in(page, user_of(officer).email, language)
    send_file(page, draft, language)
    row(page, "They shall be open").locator(".brow-number a").click()
    words = page.input_value("#bench-words")
    page.fill("#bench-words", words.replace(" 4. We thank", "\n4. We thank"))
    page.locator("form:has(#bench-words) button").click()
    row(page, "They shall be open").locator(".brow-number a").click()
    page.locator(".brow-quick form").first.locator("button").click()
    row(page, "We thank the host").locator(".brow-number a").click()
    page.fill("#bench-number", "3")
    page.locator("form:has(#bench-number) button").click()
    picture(page, f"import-390-{language}")
    wide = page.evaluate("document.documentElement.scrollWidth") if language == "en" else 390
    assert wide <= 390
    assert [one for one in texts() if one[0]] == RIGHT
