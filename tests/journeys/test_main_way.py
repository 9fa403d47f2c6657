"""From a city's voice to the text of an agreement, and back: five steps, three people, two screens."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from docx import Document
from tests.factories import make_city, make_delegate, make_officer, make_organisation, user_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ZERO = """# Outcome of the Lantern Conference

Symbol: LC/1

## Preamble

Recalling that a service is of use only to those who can reach it,

## Services

1. We resolve to design public digital services with the people who use them.

2. States are encouraged to publish every year how many public buildings are connected.

3. We commit to involve local authorities, where appropriate, in national programmes.
"""

ADOPTED = """# Outcome of the Lantern Conference

Symbol: LC/2

## Preamble

Recalling that a service is of use only to those who can reach it,

## Services

1. We resolve to design public digital services with the people who use them, and to keep a counter open in every town.

2. States are encouraged to publish every year how many public buildings are connected.

3. We commit to involve local authorities in national programmes.
"""

COUNTER = ("We resolve to design public digital services with the people who use them, and to keep a counter open in "
           "every town.")


class Person:
    """Somebody at a screen, in a language."""

    def __init__(self, page, language):
        self.page, self.language = page, language

    def go(self, path):
        answer = self.page.goto(f"/{self.language}{path}")
        assert answer.status == 200, f"{answer.status} at {path}"

    def fill(self, **fields):
        for name, value in fields.items():
            self.page.fill(f"main [name={name}]", value)

    def choose(self, name, value):
        self.page.locator(f"main input[name={name}][value='{value}']").check(force=True)

    def press(self, selector="main form .send button[type=submit]:not(.outline), main form .send button[type=submit]",
              path=None):
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        if path:
            assert path in self.page.url, self.page.url

    def send(self, form="main form[method=post]"):
        """The full button of the form: there is one."""
        with self.page.expect_navigation():
            self.page.locator(f"{form} button[type=submit]:not(.outline):not(.plain)").first.click()

    def text(self):
        return self.page.inner_text("main")

    def fits(self):
        wide = self.page.evaluate("""() => {
            const screen = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= screen) return [];
            const found = [...document.querySelectorAll("body *")].filter(one => {
                const box = one.getBoundingClientRect();
                return box.width && (box.right > screen + 1 || box.left < -1);
            }).map(one => one.outerHTML.slice(0, 120)).slice(-6);
            return found.length ? found : ["no element, but something"];
        }""")
        assert not wide, f"{self.page.url} is wider than the screen: {wide}"


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 390)])
def test_from_a_citys_voice_to_the_text_and_back(open_page, sign_in, work, no_violation, picture, tmp_path, language,
                                                 width):
    hub = make_organisation(name="Hub of towns", slug="hub", contact="desk@hub.example")
    officer_user = user_of(make_officer(hub, email="officer@hub.example", name="Ines", language=language))
    city = make_city(name="Saltmere", slug="saltmere", signing_email="mayor@saltmere.example")
    make_delegate(city, email="delegate@saltmere.example", name="Noor", language=language)
    assert officer_user.email
    for name, words in (("zero.md", ZERO), ("adopted.md", ADOPTED)):
        (tmp_path / name).write_text(words, encoding="utf-8")

    officer = Person(open_page(width=width, language=language), language)
    delegate = Person(open_page(width=width, language=language), language)
    resident = Person(open_page(width=width, language=language, scripts=False), language)

    def look(person, name):
        person.fits()
        no_violation(person.page)
        picture(person.page, f"{name}-{language}-{width}")

    # 1. Watch: a process, a call with a deadline, a draft with numbered paragraphs.
    sign_in(officer.page, "officer@hub.example", language)
    officer.go("/p/new/")
    officer.fill(name="Lantern Conference", slug="lantern", place="Lanternport", time_zone="Africa/Dakar")
    look(officer, "process-form")
    officer.send()
    officer.go("/p/lantern/calls/new/")
    officer.fill(name="Comments on the zero draft", time_zone="Africa/Dakar",
                 deadline_on=f"{timezone.now() + timedelta(days=9):%Y-%m-%d}")
    officer.send()
    resident.go("/")
    assert "Comments on the zero draft" in resident.text()
    officer.go("/p/lantern/d/new/")
    officer.fill(name="Outcome document", slug="outcome")
    officer.send()
    _import(officer, tmp_path / "zero.md", "Zero draft", "zero", "zero_draft")
    assert "2" in officer.text()
    look(officer, "preview")
    assert resident.page.goto(f"/{language}/p/lantern/d/outcome/zero/").status == 404
    _publish(officer, "zero")
    resident.go("/p/lantern/d/outcome/zero/")
    assert "We commit to involve local authorities" in resident.text()
    officer.go("/")
    look(officer, "front")

    # 2. Listen: a consultation, a city's wording with its marks, a resident's comment and vote.
    officer.go("/consultations/new/")
    officer.choose("format", "both")
    officer.page.locator("main [name=about]").select_option(index=0)
    officer.fill(name="What should the outcome say?", controller="Hub of towns", legal_basis="consent",
                 recipients="the hub", contact="privacy@hub.example")
    officer.send()
    slug = officer.page.url.rstrip("/").split("/c/")[1].split("/")[0]
    officer.go(f"/c/{slug}/manage/")
    officer.send(f"main form[action$='/c/{slug}/open/']")
    officer.go(f"/c/{slug}/manage/")
    officer.fill(text="A service that cannot be reached by telephone is not a public service.")
    with officer.page.expect_navigation():
        officer.page.locator(f"main form[action$='/c/{slug}/statements/add/'] button[type=submit]").click()

    sign_in(delegate.page, "delegate@saltmere.example", language)
    delegate.go(f"/c/{slug}/1/?act=ADD")
    delegate.choose("act", "ADD")
    delegate.fill(wording=COUNTER, why="Seven of ten people come to our counter when the portal fails.")
    delegate.choose("strength", "must")
    with delegate.page.expect_navigation():
        delegate.page.locator("main button[name=show]").click()
    assert delegate.page.locator("main .preview ins").count()
    look(delegate, "write")
    with delegate.page.expect_navigation():
        delegate.page.locator("main form.write .send button:not([name])").last.click()
    resident.go(f"/c/{slug}/1/")
    assert "Seven of ten" not in resident.text()
    delegate.go("/city/saltmere/desk/")
    delegate.page.locator("main button[aria-haspopup=dialog]").first.click()
    box = delegate.page.locator("dialog[open]")
    box.locator("[name=level][value=council_vote]").check(force=True)
    box.locator("[name=body]").fill("City council")
    box.locator("[name=given_on]").fill("2026-05-10")
    with delegate.page.expect_navigation():
        box.locator("form button[type=submit]").first.click()
    resident.go(f"/c/{slug}/1/")
    assert "Seven of ten people come to our counter" in resident.text()

    resident.go(f"/c/{slug}/3/?act=COMMENT")
    resident.fill(why="They asked us nothing last time.")
    with resident.page.expect_navigation():
        resident.page.locator("main form.write button:not([name=show])").last.click()
    codes = resident.page.locator("main .receipt").all_inner_texts()
    assert len(codes) == 2
    assert codes[0] == codes[1]
    resident.go(f"/c/{slug}/vote/")
    with resident.page.expect_navigation():
        resident.page.locator("main form.vote button[value='1']").first.click()
    officer.go(f"/c/{slug}/")
    look(officer, "consultation")
    officer.go("/moderation/")
    with officer.page.expect_navigation():
        officer.page.locator("main form.decide button[value=publish]").first.click()
    resident.go("/receipt/")
    resident.fill(receipt=codes[0])
    resident.send()
    assert "They asked us nothing last time." in resident.text()

    # 3. Synthesise and submit: an ask, a sentence, a signature by code, a Word file, the hand-over.
    officer.go("/p/lantern/asks/")
    said = officer.page.locator("main fieldset", has_text="counter")
    said.locator("input[name=contributions]").first.check(force=True)
    look(officer, "desk")
    officer.send("main form[method=get]")
    officer.fill(name="A counter in every town", new="and to keep a counter open in every town")
    officer.choose("kind", "ADD")
    officer.send()
    officer.go("/p/lantern/submissions/new/")
    officer.fill(name="Joint answer of towns", entitled="open call")
    officer.send()
    table = officer.page.url
    assert "/table/" in table
    with officer.page.expect_navigation():
        officer.page.locator("main form[action$='/table/propose/'] button.outline").click()
    sentence = officer.page.locator("main .said a[href*='/table/']").first.get_attribute("href")
    officer.page.goto(sentence)
    officer.fill(text="All cities that answered ask for a counter in every town.")
    officer.send()
    look(officer, "table")
    slug_s = table.split("/s/")[1].split("/")[0]
    officer.go(f"/s/{slug_s}/signing/")
    officer.fill(sign_until=f"{timezone.now() + timedelta(days=3):%Y-%m-%dT%H:%M}")
    officer.send()
    link = _mail_to("delegate@saltmere.example", "/sign/")
    delegate.page.goto(link)
    delegate.choose("answer", "endorse")
    delegate.choose("level", "council_vote")
    delegate.choose("visibility", "public")
    delegate.fill(given_on="2026-05-10", signer_role="deputy mayor")
    look(delegate, "sign")
    delegate.send()
    delegate.fill(code=_code("mayor@saltmere.example"))
    delegate.send()
    officer.go(f"/s/{slug_s}/")
    assert "Saltmere" in officer.text()
    with officer.page.expect_download() as download:
        officer.page.locator("main a[href*='.docx']").first.click()
    words = "\n".join(line.text for line in Document(io.BytesIO(download.value.path().read_bytes())).paragraphs)
    assert "All cities that answered ask for a counter in every town." in words
    officer.go(f"/s/{slug_s}/hand-over/")
    officer.fill(recipient="Secretariat of the Lantern Conference")
    officer.send()
    resident.go(f"/s/{slug_s}/")
    assert "Secretariat of the Lantern Conference" not in resident.text()
    officer.go(f"/s/{slug_s}/")
    look(officer, "submission")
    work()

    # 4. The adopted text comes: what changed, and what became of the ask.
    _import(officer, tmp_path / "adopted.md", "As adopted", "adopted", "adoption")
    _publish(officer, "adopted")
    work()
    resident.go("/p/lantern/d/outcome/compare/zero...adopted/")
    assert "counter open" in resident.text()
    officer.go("/p/lantern/d/outcome/compare/zero...adopted/")
    look(officer, "compare")

    # 5. Trace: the officer signs the proposed verdict, opens the ledger, and the city is told.
    resident.page.goto(f"/{language}/p/lantern/ledger/")
    assert resident.page.locator("main .verdict.verbatim").count() == 0
    officer.go("/p/lantern/ledger/desk/")
    sign = officer.page.locator("main a[href*='/ledger/sign/'], main form[action*='/ledger/sign/']").first
    address = sign.get_attribute("href") or sign.get_attribute("action")
    officer.page.goto(address)
    assert "counter open in every town" in officer.text()
    look(officer, "verdict")
    officer.send()
    officer.go("/p/lantern/ledger/")
    officer.press("main form[action$='/ledger/open/'] button")
    work()
    resident.go("/p/lantern/ledger/")
    assert "A counter in every town" in resident.text()
    assert resident.page.locator("main .verdict.verbatim").count() >= 1
    officer.go("/p/lantern/ledger/")
    look(officer, "ledger")
    assert "1" in _mail_body("delegate@saltmere.example")


def _import(officer, path, name, slug, stage):
    officer.go("/p/lantern/d/outcome/import/")
    officer.page.set_input_files("main input[type=file]", str(path))
    officer.fill(name=name, slug=slug, dated_on="2026-05-01")
    officer.page.select_option("main [name=language]", "en")
    officer.page.select_option("main [name=stage]", stage)
    officer.send()
    assert "/preview/" in officer.page.url, officer.text()


def _publish(officer, slug):
    officer.go(f"/p/lantern/d/outcome/{slug}/preview/publish/")
    officer.choose("distribution", "public")
    officer.fill(public_because="The host has put it on its public page.")
    officer.send()


def _mail_body(address):
    from tribune.common.models import Mail

    return Mail.objects.filter(recipient=address).latest("pk").body


def _mail_to(address, part):
    return next(word for word in _mail_body(address).split() if part in word)


def _code(address):
    return next(line.strip() for line in _mail_body(address).splitlines() if line.strip().isdigit())
