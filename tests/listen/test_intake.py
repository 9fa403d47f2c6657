"""Answers from outside: brought in, put in their place, taken; senders asked, twins told, originals kept."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import Client
from django.urls import reverse
from docx import Document
from tests.factories import (
    NOW,
    make_city,
    make_consultation,
    make_contribution,
    make_delegate,
    make_member,
    make_officer,
    make_position,
    make_user,
    make_version,
    user_of,
)
from tests.listen.test_outside import mail, tracked

from tribune.common.models import Mail
from tribune.common.refusals import NotAllowed
from tribune.listen import actions, queries
from tribune.listen.actions import ItemGiven
from tribune.listen.annotations import collection
from tribune.listen.choices import ContributionState, IntakeState, ItemState
from tribune.listen.draft_docx import draft_docx
from tribune.listen.models import Contribution, Intake, IntakeItem
from tribune.listen.refusals import Incomplete, NotWaiting
from tribune.listen.views._intake import _intakes
from tribune.people.choices import Role
from tribune.people.queries import viewer_for
from tribune.people.rules import Viewer
from tribune.people.tokens import find_receipt
from tribune.watch.queries import paragraphs_of

pytestmark = pytest.mark.django_db
READ = "We resolve to involve local authorities, where appropriate."


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def consultation():
    return make_consultation(make_version([READ, "We commit to schools."]), format="whole_way")


@pytest.fixture
def officer(consultation):
    return make_officer(consultation.organisation)


def bring(consultation, by, data, name, **fields):
    return actions.bring_in(**{"consultation": consultation, "data": data, "file_name": name, "by": by, "at": NOW,
                               "rendition": consultation.version.renditions.get(), **fields})


def take_all(intake, by, **fields):
    given = {}
    for item in intake.items.all():
        given[item.pk] = ItemGiven(**{
            "take": True, "paragraph": item.passage.path if item.passage else "",
            "question": item.question.public_id if item.question else "", "city": item.city, "act": item.act,
            "wording": item.wording, "why": item.why, **fields})
    return actions.take_in(intake=intake, given=given, by=by, at=NOW)


def test_a_mail_becomes_contributions_with_origin_original_and_a_confirmation(consultation, officer):
    raw = mail("Paragraph 1: leaves towns out.\n\nQuestion 1: More trains.\n")
    intake = bring(consultation, officer, raw, "noor.eml")
    assert [(item.passage.path if item.passage else item.question.order) for item in intake.items.all()] == ["1", 1]
    assert intake.file.open().read() == raw
    made = take_all(intake, officer)
    assert [(row.origin, row.state, row.why) for row in made] == [
        ("mail", ContributionState.WAITING, "leaves towns out."), ("mail", ContributionState.WAITING, "More trains.")]
    asked = Mail.objects.get(recipient="noor@saltmere.example")
    receipts = [line for line in asked.body.splitlines() if line.count("-") >= 4]
    assert {find_receipt(line).thing for line in receipts} == {row.public_id for row in made}
    intake.refresh_from_db()
    assert intake.state == IntakeState.TAKEN
    with pytest.raises(NotWaiting):
        take_all(intake, officer)


def test_duplicates_are_told_within_a_file_and_against_what_was_said(consultation, officer):
    make_position(consultation, act="COMMENT", why="Leaves towns out")
    table = "paragraph,comment,email\n1,leaves TOWNS out!,a@b.example\n2,Good,c@d.example\n2,good.,e@f.example\n"
    items = list(bring(consultation, officer, table.encode(), "form.csv").items.all())
    assert items[0].twin is not None
    assert items[2].twin_item == items[1]
    with pytest.raises(NotWaiting, match="already"):
        bring(consultation, officer, table.encode(), "again.csv")


def test_a_twin_never_tells_an_officer_what_is_inside_a_city(consultation, officer):
    make_contribution(consultation, why="Leaves towns out", city=make_city())
    items = bring(consultation, officer, b"paragraph,comment\n1,Leaves towns out\n", "f.csv").items
    assert items.get().twin is None


def test_a_city_named_in_a_table_is_told_and_may_take_it_back(consultation, officer):
    city = make_city(name="Saltmere")
    inside = make_delegate(city, email="noor@saltmere.example")
    [made] = take_all(bring(consultation, officer, b"paragraph,comment,city\n1,Towns too,saltmere\n", "f.csv"), officer)
    assert (made.city, made.level, made.state) == (city, "personal", ContributionState.WAITING)
    assert "Saltmere" in Mail.objects.get(recipient="noor@saltmere.example").subject
    actions.withdraw_contribution(contribution=made, by=inside, at=NOW)


def test_what_has_no_place_is_told_and_not_taken_without_one(consultation, officer):
    intake = bring(consultation, officer, mail("Paragraph 9: no such.\n"), "a.eml")
    item = intake.items.get()
    assert (item.passage, item.said_paragraph) == (None, "9")
    with pytest.raises(Incomplete) as refused:
        take_all(intake, officer)
    assert refused.value.field == f"item-{item.pk}"
    assert not Contribution.objects.exists()


def test_only_what_was_looked_through_is_decided(consultation, officer):
    intake = bring(consultation, officer, b"paragraph,comment\n1,One\n2,Two\n", "f.csv")
    first, second = intake.items.all()
    actions.take_in(intake=intake, given={first.pk: ItemGiven(take=False)}, by=officer, at=NOW)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (ItemState.LEFT, ItemState.FOUND)


def test_left_out_erases_the_file_and_what_was_found(consultation, officer, django_capture_on_commit_callbacks):
    intake = bring(consultation, officer, mail(), "a.eml")
    path = intake.file.path
    with django_capture_on_commit_callbacks(execute=True):
        actions.leave_out(intake=intake, by=officer, at=NOW)
    intake.refresh_from_db()
    assert (intake.state, intake.sender, intake.items.count()) == (IntakeState.LEFT, "", 0)
    with pytest.raises(FileNotFoundError), open(path):
        pass


@pytest.mark.parametrize("who", ["anyone", "signed in", "delegate", "moderator", "officer elsewhere"])
def test_others_bring_nothing_in_for_everybody(consultation, who):
    viewer = {"anyone": Viewer(), "signed in": viewer_for(make_user()), "delegate": make_delegate(),
              "moderator": make_member(consultation.organisation, Role.MODERATOR),
              "officer elsewhere": make_officer()}[who]
    with pytest.raises(NotAllowed):
        bring(consultation, viewer, mail(), "a.eml")


def test_an_unreadable_file_says_so(consultation, officer):
    with pytest.raises(Incomplete) as refused:
        bring(consultation, officer, b"not a zip", "a.docx")
    assert refused.value.field == "file"
    assert not Intake.objects.exists()


# ---- Word and annotations, out and back


def _answered(data, *, path, old, new, author="Noor"):
    """The exported file with one word changed the way Word does it, and a comment."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    file = Document(io.BytesIO(data))
    paragraph = next(each for each in file.paragraphs if old in each.text)
    run = next(each for each in paragraph.runs if old in each.text)
    before, after = run.text.split(old, 1)
    run.text = before
    for tag, words in (("w:del", old), ("w:ins", new)):
        piece = paragraph.add_run(words)
        change = OxmlElement(tag)
        change.set(qn("w:id"), "901" if tag == "w:del" else "902")
        change.set(qn("w:author"), author)
        for node in piece._r.findall(qn("w:t")) if tag == "w:del" else ():
            node.tag = qn("w:delText")
        paragraph._p.remove(piece._r)
        change.append(piece._r)
        paragraph._p.append(change)
    file.add_comment([paragraph.add_run(after)], text="Because.", author=author)
    kept = io.BytesIO()
    file.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("with_answers", [False, True])
def test_a_text_goes_out_in_word_and_what_a_colleague_changed_comes_back(consultation, with_answers):
    city = make_city()
    inside = make_delegate(city, role=Role.MEMBER, service="Water")
    rendition = consultation.version.renditions.get()
    said = [make_position(consultation, path="2", act="CHANGE", wording="We commit to schools and libraries."),
            make_position(consultation, path="2", act="KEEP")] if with_answers else []
    data = draft_docx(consultation=consultation, rendition=rendition, said=said,
                      paragraphs=paragraphs_of(rendition.version, "en"))
    assert b"trackRevisions" in _settings(data)
    intake = bring(consultation, inside, data, "untouched.docx", city=city)
    assert not intake.items.exists()
    back = _answered(data, path="1", old="local authorities", new="towns")
    intake = bring(consultation, inside, back, "answered.docx", city=city)
    item = intake.items.get()
    assert (item.passage.path, item.act, item.wording, item.why, item.said_by) == (
        "1", "CHANGE", READ.replace("local authorities", "towns"), "Because.", "Noor")
    [made] = take_all(intake, inside)
    assert (made.state, made.city, made.service, made.origin) == (ContributionState.INNER, city, "Water", "word")


def _settings(data):
    import zipfile

    return zipfile.ZipFile(io.BytesIO(data)).read("word/settings.xml")


def test_words_that_match_no_paragraph_are_listed_without_a_place(consultation, officer):
    unknown = tracked(text=("An unknown paragraph that ", " stand nowhere."))
    items = bring(consultation, officer, unknown, "a.docx").items
    assert items.get().passage is None


def test_a_paragraph_is_found_by_its_words_without_our_mark(consultation, officer):
    data = tracked(text=("1. We resolve to ", " local authorities, where appropriate."), old="involve", new="hear")
    item = bring(consultation, officer, data, "a.docx").items.get()
    assert (item.passage.path, item.act) == ("1", "CHANGE")
    assert item.wording == "We resolve to hear local authorities, where appropriate."


def test_annotations_go_out_and_come_back_the_same(consultation, officer):
    import json

    rows = [make_position(consultation, act="CHANGE", wording="We resolve to involve towns.", strength="must"),
            make_position(consultation, act="COMMENT", path="2", why="Good.")]
    told = collection(consultation, rows)
    assert told["total"] == 2
    other = make_consultation(consultation.version)
    items = bring(other, make_officer(other.organisation), json.dumps(told).encode(), "notes.jsonld").items.all()
    assert [(item.passage, item.act, item.strength, item.wording, item.why, item.city) for item in items] == [
        (row.passage, row.act, row.strength, row.wording, row.why, row.city) for row in rows]


# ---- Who sees it


def test_what_a_city_brought_is_seen_by_its_people_alone(consultation, officer):
    city = make_city()
    inside = make_delegate(city)
    own = bring(consultation, inside, mail(), "own.eml", city=city)
    hub = bring(consultation, officer, mail(), "hub.eml")
    assert set(_intakes(inside, consultation)) == {own}
    assert set(_intakes(officer, consultation)) == {hub}
    for outsider in (Viewer(), make_delegate(), make_member(consultation.organisation, Role.MODERATOR)):
        assert not _intakes(outsider, consultation).exists()
    with pytest.raises(NotAllowed):
        actions.take_in(intake=own, given={}, by=officer, at=NOW)
    with pytest.raises(Http404):
        queries.desk_of(officer, city)
    assert IntakeItem.objects.count() == 2


def test_a_browser_with_its_form_token_brings_a_file_and_one_without_is_refused(consultation, officer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user_of(officer), backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("listen:bring_answers", args=[consultation.slug])
    page = client.get(address).content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    sent = {"file": SimpleUploadedFile("answer.eml", mail()), "of": "anybody"}
    assert client.post(address, sent).status_code == 403
    sent["file"].seek(0)
    assert client.post(address, {**sent, "csrfmiddlewaretoken": token}).status_code == 302
    assert Intake.objects.count() == 1
