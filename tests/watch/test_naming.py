"""Cities in one text: what is counted, listed and shared; and what a reader reports."""

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories import make_draft, make_officer, make_organisation, make_preview, make_process, user_of

from tribune.common.models import Mail
from tribune.common.outbox import deliver_until_quiet
from tribune.watch import actions, queries
from tribune.watch.models import MentionReport, Paragraph
from tribune.watch.naming import naming_of
from tribune.watch.refusals import NotYourProcess, WordsNotThere

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OLD = ["Invites local authorities to connect schools.",
       "We commit to urban areas and to Heads of State and Government."]
NEW = ["Calls upon local authorities to connect schools.", OLD[1],
       "Recognizes municipalities and other local governments.", "The burgomasters shall report."]


@pytest.fixture
def text():
    officer = make_officer(make_organisation(contact="desk@hub.example"))
    draft = make_draft(make_process(organisation_id=min(officer.officer_of), slug="lakes"))
    made = []
    for slug, texts in (("zero", OLD), ("rev1", NEW)):
        version = make_preview(texts, by=officer, draft=draft, slug=slug, file_name=f"{slug}.txt", name=slug)
        made.append(actions.publish_version(version=version, distribution="public", by=officer, at=timezone.now(),
                                            public_because="Read out."))
    deliver_until_quiet(at=timezone.now())
    return made[1], officer


def _address(name, version, *more):
    return reverse(name, args=[version.draft.process.slug, version.draft.slug, version.slug, *more])


def test_hits_by_tier_with_verbs(text):
    version, _ = text
    rendition = version.renditions.get()
    found = naming_of(queries.lines_of(rendition), "en")
    explicit = [(hit.words.lower(), hit.verb, hit.verb_class) for hit in found.hits["explicit"]]
    assert ("local authorities", "calls upon", "asks") in explicit
    assert any(verb == "recognizes" for _, verb, _ in explicit)
    assert any("urban" in hit.words for hit in found.hits["level"])
    [excluded] = found.hits["excluded"]
    assert excluded.reason
    assert sum(n for _name, n, _verbs in found.verbs) == len(explicit)
    assert sum(one.naming for one in found.sections) == rendition.n_naming == 2


def test_the_page_says_how_often_where_and_beside_what(client, text, django_assert_max_num_queries):
    version, _ = text
    with django_assert_max_num_queries(14):
        page = client.get(_address("watch:cities", version)).content.decode()
    assert "Cities stand in 2 of 4 paragraphs" in page
    assert "“zero” named them in 1 of 2." in page
    assert "calls upon" in page
    assert "Heads of State and Government" in page


@pytest.mark.parametrize("language", ["en", "ar", "zh-hans"])
def test_paper_and_picture(client, text, language):
    version, _ = text
    address = _address("watch:cities", version).replace("/en/", f"/{language}/")
    pdf = client.get(address.removesuffix("/") + ".pdf")
    assert pdf.content.startswith(b"%PDF-")
    png = client.get(address.removesuffix("/") + ".png")
    assert png.content.startswith(b"\x89PNG")
    assert int.from_bytes(png.content[16:20]) == 1200
    assert client.get(address.removesuffix("/") + ".png").content == png.content


def test_only_the_frame_may_be_framed_and_only_public_texts(client, text):
    version, _ = text
    frame = client.get(_address("naming_embed", version) + "?language=fr")
    assert "frame-ancestors *" in frame["Content-Security-Policy"]
    assert 'lang="fr"' in frame.content.decode()
    assert "frame-ancestors 'none'" in client.get(_address("watch:cities", version))["Content-Security-Policy"]
    version.distribution = "members"
    version.save()
    for name in ("naming_embed", "watch:cities", "watch:cities_pdf", "watch:cities_png"):
        assert client.get(_address(name, version)).status_code == 404


def test_an_officer_does_not_open_the_frame_to_others(client, text):
    version, officer = text
    version.distribution = "members"
    version.save()
    client.force_login(user_of(officer), backend=BACKEND)
    assert client.get(_address("naming_embed", version)).status_code == 404
    assert "no-store" in client.get(_address("watch:cities_pdf", version))["Cache-Control"]


def test_a_report_reaches_the_desk_and_changes_the_figure_with_a_note(client, text):
    version, officer = text
    answer = client.post(_address("watch:report", version), {"place": "4", "words": "burgomasters", "note": "Mayors."})
    assert answer.status_code == 302
    assert "Your report has arrived" in client.get(answer["Location"]).content.decode()
    [report] = MentionReport.objects.all()
    assert Mail.objects.get().recipient == "desk@hub.example"
    assert "burgomasters" not in client.get(_address("watch:cities", version)).content.decode()
    assert client.post(_address("watch:decide_report", version, report.public_id), {"decision": "taken"}
                       ).status_code in (302, 403, 404)
    assert MentionReport.objects.get().state == "open"
    client.force_login(user_of(officer), backend=BACKEND)
    assert "burgomasters" in client.get(_address("watch:cities", version)).content.decode()
    client.post(_address("watch:decide_report", version, report.public_id),
                {"decision": "taken", "reason": "A burgomaster is a mayor."})
    client.logout()
    page = client.get(_address("watch:cities", version)).content.decode()
    assert "Cities stand in 3 of 4 paragraphs" in page
    assert "The figure went from 2 to 3." in page
    assert Paragraph.objects.get(rendition__version=version, order=4).n_explicit == 1
    # Decided once; a second time changes nothing.
    actions.decide_report(report=report, taken=False, by=officer, at=timezone.now())
    assert version.renditions.get().n_naming == 3


def test_a_report_that_is_wrong_is_told(client, text):
    version, _officer = text
    for data in ({"place": "99", "words": "x"}, {"place": "4", "words": "aldermen"}, {"place": "", "words": ""}):
        answer = client.post(_address("watch:report", version), data)
        assert answer.status_code == 422
    paragraph = Paragraph.objects.filter(rendition__version=version).first()
    with pytest.raises(WordsNotThere):
        actions.report_mention(paragraph=paragraph, words="  ", at=timezone.now())
    report = actions.report_mention(paragraph=paragraph, words="LOCAL AUTHORITIES", at=timezone.now())
    assert report.words == "local authorities"
    assert actions.report_mention(paragraph=paragraph, words="local authorities", at=timezone.now()) == report
    with pytest.raises(NotYourProcess):
        actions.decide_report(report=report, taken=True, by=make_officer(make_organisation()), at=timezone.now())
