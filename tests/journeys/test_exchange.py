"""Data and answers from outside: a conversation of another platform becomes open data; a mail becomes answers (S30)."""

import zipfile

import pytest
from django.utils import timezone
from tests.factories import NOW, make_consultation, make_officer, make_version, user_of
from tests.listen.test_outside import mail

from tribune.common.models import Mail
from tribune.listen import actions, exchange_jobs
from tribune.listen.models import Contribution, Statement

pytestmark = pytest.mark.django_db(transaction=True)
COMMENTS = ("timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
            "1500000000000,,0,0,1,0,1,Schools need fibre before screens.\n"
            "1500000000000,,1,0,1,0,1,\"المدارس تحتاج إلى الألياف قبل الشاشات، وهذه جملة.\"\n"
            "1500000000000,,2,0,1,0,1,<b>Bold</b> is no sentence.\n")


def _votes():
    rows = "".join(f"15000000{n:05d},,{n % 2},{n // 2},{1 if n % 3 else -1}\n" for n in range(60))
    return f"timestamp,datetime,comment-id,voter-id,vote\n{rows}1500000000000,,9,1,1\n1500000000000,,0,1,yes\n"


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 390)])
def test_from_another_platform_to_open_data(open_page, sign_in, picture, no_violation, settings, tmp_path,
                                            language, width):
    settings.MEDIA_ROOT = tmp_path
    consultation = make_consultation(format="statement_vote", opened=False)
    officer = make_officer(consultation.organisation)
    page = open_page(width=width, language=language, scripts=language == "en")
    sign_in(page, user_of(officer).email, language)
    page.goto(f"/{language}/c/{consultation.slug}/data/bring/")
    no_violation(page) if language == "en" else None
    picture(page, f"exchange-bring-{language}-{width}")
    for name, words in (("comments.csv", COMMENTS), ("votes.csv", _votes())):
        (tmp_path / name).write_text(words)
    page.set_input_files("input[type=file]", [str(tmp_path / "votes.csv"), str(tmp_path / "comments.csv")])
    page.fill("input[name=source]", "pol.is/a-conversation")
    page.fill("input[name=licence]", "CC BY 4.0, City of Port Azur")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/data/bring/*/")
    picture(page, f"exchange-running-{language}-{width}")
    exchange_jobs.read_data(timezone.now())
    exchange_jobs.finish()
    page.goto(page.url)
    table = page.locator("#left-out tbody tr")
    assert table.count() == 3
    assert Statement.objects.filter(came_by__source="pol.is/a-conversation").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    no_violation(page) if language == "en" else None
    picture(page, f"exchange-report-{language}-{width}")
    # Nobody else sees data before the counts are frozen.
    actions.open_consultation(consultation=consultation, by=officer, at=NOW)
    reader = open_page(width=width, language=language, scripts=False)
    reader.goto(f"/{language}/c/{consultation.slug}/data/")
    assert reader.locator("#files").count() == 0
    picture(reader, f"exchange-not-yet-{language}-{width}")
    actions.close_consultation(consultation=consultation, by=officer, at=NOW)
    reader.goto(f"/{language}/c/{consultation.slug}/data/")
    assert "pol.is/a-conversation" in reader.locator("main").inner_text()
    assert reader.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    picture(reader, f"exchange-data-{language}-{width}")
    with reader.expect_download() as coming:
        reader.locator("#files a[href$='all.zip']").click()
    with zipfile.ZipFile(coming.value.path()) as archive:
        assert "statements.csv" in archive.namelist()
    no_violation(page) if language == "en" else None
    page.goto(f"/{language}/c/{consultation.slug}/data/")
    with page.expect_download() as coming:
        page.locator("a[href$='polis.zip']").click()
    with zipfile.ZipFile(coming.value.path()) as archive:
        assert archive.read("votes.csv").decode().count("\n") == 61


def test_s30_a_mail_becomes_an_answer_and_its_sender_is_asked(open_page, sign_in, picture, no_violation, settings,
                                                             tmp_path):
    settings.MEDIA_ROOT = tmp_path
    consultation = make_consultation(make_version())
    officer = make_officer(consultation.organisation)
    letter = tmp_path / "answer.eml"
    letter.write_bytes(mail(attachments=[("form.csv", b"paragraph,comment\n2,Schools come first.\n")]))
    page = open_page()
    sign_in(page, user_of(officer).email)
    page.goto(f"/en/c/{consultation.slug}/answers/")
    page.set_input_files("input[type=file]", str(letter))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/answers/*/")
    assert page.locator("fieldset.item").count() == 2
    no_violation(page)
    picture(page, "exchange-mail-en-1280")
    page.get_by_role("button", name="Take what is chosen").click()
    page.wait_for_load_state()
    made = Contribution.objects.filter(consultation=consultation).order_by("pk")
    assert [(row.why, row.origin, row.state) for row in made] == [
        ("leaves towns out.", "mail", "waiting"), ("Schools come first.", "mail", "waiting")]
    assert Mail.objects.filter(recipient="noor@saltmere.example").count() == 1
    original = page.get_by_role("link", name="The original").get_attribute("href")
    assert page.request.get(original).body() == letter.read_bytes()
    # The same file a second time is noticed.
    page.goto(f"/en/c/{consultation.slug}/answers/")
    page.set_input_files("input[type=file]", str(letter))
    page.locator("main form button[type=submit]").first.click()
    assert "brought in already" in page.locator("main").inner_text()
