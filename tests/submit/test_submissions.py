import io
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.urls import reverse
from docx import Document
from tests.factories import (
    NOW,
    make_city,
    make_delegate,
    make_officer,
    make_position,
    user_of,
)

from tribune.common.models import Event, Mail
from tribune.common.outbox import deliver_until_quiet
from tribune.listen.models import Contribution
from tribune.people.rules import Viewer
from tribune.people.tokens import CodeRefused, TokenRefused
from tribune.submit import actions, exports, queries
from tribune.submit.models import Answered, Endorsement, Sentence, Submission
from tribune.submit.refusals import (
    EditedMeanwhile,
    NoAddressOnFile,
    NotASubstring,
    NotDrafting,
    NothingToSign,
    NotSigning,
    NotYours,
    SigningOver,
    WhoSubmits,
)

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ANSWER = {"answer": "endorse", "reservation": "", "stays_out_of": [], "level": "council_vote", "body": "Council",
          "given_on": "2024-05-10", "signer_role": "deputy mayor", "visibility": "public"}


def _row(submission):
    [part] = queries.table(submission)
    return part.rows[0]


def _open(submission, officer):
    actions.open_signing(submission=submission, cities=[], sign_until=NOW + timedelta(days=5), by=officer, at=NOW)


def _signed(submission, city, officer, *, answer=None, until=NOW + timedelta(days=5)):
    secret = actions.open_signing(submission=submission, cities=[city], sign_until=until, by=officer, at=NOW)[city.pk]
    actions.ask_for_code(secret=secret, answer={**ANSWER, **(answer or {})}, at=NOW)
    return actions.sign(secret=secret, code=_code(city), at=NOW), secret


def _code(city):
    body = Mail.objects.filter(recipient=city.signing_email).latest("pk").body
    return next(line for line in body.splitlines() if line.isdigit())


# ---- Sentences


def test_sentence_of_an_ask_knows_who_said_it(submission, sentence):
    row = _row(submission)
    assert (row.support.cities, row.support.mandated) == (3, 3)
    assert row.excesses == ()
    assert next(quote.text[slice(*quote.span)] for quote in row.for_it).startswith("Our counters stay open")


@pytest.mark.parametrize(("text", "codes"), [
    ("Four cities ask that counters stay open.", ["number"]),
    ("All cities ask that counters stay open.", []),
    ("Cities ask that counters stay open.", []),
])
def test_edit_that_outruns_its_support_turns_amber(submission, sentence, officer, text, codes):
    actions.change_sentence(sentence=sentence, text=text, edition=1, by=officer, at=NOW)
    assert [excess.code for excess in _row(submission).excesses] == codes


def test_all_turns_amber_once_a_city_that_took_part_says_nothing(submission, sentence, officer, consultation):
    actions.change_sentence(sentence=sentence, text="All cities ask for it.", edition=1, by=officer, at=NOW)
    make_position(consultation, city=make_city())
    assert [excess.code for excess in _row(submission).excesses] == ["all"]


def test_sentence_without_a_source_is_amber(submission, officer):
    actions.add_sentence(section=submission.sections.get(), text="Nobody said this.", by=officer, at=NOW)
    assert [excess.code for excess in _row(submission).excesses] == ["unsupported"]


def test_withdrawn_source_lowers_the_count_is_flagged_and_its_words_are_gone(submission, sentence, contributions):
    from tribune.listen.actions import withdraw_contribution

    first = contributions[0]
    withdraw_contribution(contribution=first, by=make_delegate(first.city), at=NOW)
    row = _row(submission)
    assert row.support.cities == 2
    assert [quote.text for quote in row.lost] == [""]
    assert [excess.code for excess in row.excesses] == ["number"]
    deliver_until_quiet(at=NOW)
    assert Mail.objects.filter(recipient="desk@hub.example", subject__startswith="A sentence lost support").count() == 1


def test_two_officers_at_once_lose_no_words(submission, sentence, hub, officer):
    actions.change_sentence(sentence=sentence, text="First.", edition=1, by=officer, at=NOW)
    with pytest.raises(EditedMeanwhile):
        actions.change_sentence(sentence=sentence, text="Second.", edition=1, by=make_officer(hub), at=NOW)
    assert Sentence.objects.get().text == "First."


def test_page_keeps_the_words_of_the_second_officer_beside_the_first(client, submission, sentence, officer):
    client.force_login(user_of(officer), backend=BACKEND)
    address = reverse("submit:sentence", args=["joint", sentence.public_id])
    actions.change_sentence(sentence=sentence, text="Theirs came first.", edition=1, by=officer, at=NOW)
    page = client.post(address, {"text": "Mine came second.", "edition": 1})
    assert page.status_code == 422
    assert "Mine came second." in page.content.decode()
    assert "Theirs came first." in page.content.decode()
    assert client.post(address, {"text": "Mine came second.", "edition": 2}).status_code == 302


def test_quote_must_stand_in_the_contribution(submission, sentence, contributions, officer):
    source = actions.add_source(sentence=sentence, contribution=contributions[0], quote="counters stay open",
                                by=officer, at=NOW)
    assert contributions[0].why[source.start:source.end] == "counters stay open"
    with pytest.raises(NotASubstring):
        actions.add_source(sentence=sentence, contribution=contributions[0], quote="never said", by=officer, at=NOW)


def test_proposals_are_the_words_of_the_ask_until_a_person_takes_them(submission, ask, officer):
    assert actions.propose_sentences(submission=submission, by=officer, at=NOW) == 1
    assert actions.propose_sentences(submission=submission, by=officer, at=NOW) == 0
    row = _row(submission)
    assert row.sentence.is_proposal
    assert row.sentence.text.endswith(f"took part ask: {ask.text}")
    with pytest.raises(NothingToSign):
        actions.open_signing(submission=submission, cities=[], sign_until=NOW + timedelta(days=1), by=officer, at=NOW)
    actions.take_sentence(sentence=row.sentence, by=officer, at=NOW)
    assert not _row(submission).sentence.is_proposal


def test_only_its_officers_draft(submission, sentence):
    stranger = make_officer()
    with pytest.raises(NotYours):
        actions.change_sentence(sentence=sentence, text="x", edition=1, by=stranger, at=NOW)
    with pytest.raises(NotYours):
        actions.hand_over(submission=submission, recipient="x", handed_on=NOW.date(), by=stranger, at=NOW)


def test_table_asks_few_questions(submission, ask, officer, django_assert_max_num_queries):
    section = submission.sections.get()
    for _ in range(20):
        actions.add_sentence(section=section, text="Cities ask for it.", ask=ask, by=officer, at=NOW)
    with django_assert_max_num_queries(7):
        queries.table(submission)


# ---- Signing


def test_link_opens_and_only_the_code_signs(submission, sentence, cities, officer):
    secret = actions.open_signing(submission=submission, cities=[cities[0]], sign_until=NOW + timedelta(days=5),
                                  by=officer, at=NOW)[cities[0].pk]
    actions.ask_for_code(secret=secret, answer=ANSWER, at=NOW)
    assert not Endorsement.objects.exists()
    wrong = f"{(int(_code(cities[0])) + 1) % 1_000_000:06d}"
    with pytest.raises(CodeRefused):
        actions.sign(secret=secret, code=wrong, at=NOW)
    actions.sign(secret=secret, code=_code(cities[0]), at=NOW)
    assert queries.signatures(submission).n_mandated == 1
    with pytest.raises(CodeRefused):
        actions.sign(secret=secret, code=_code(cities[0]), at=NOW)


def test_code_of_one_link_is_worth_nothing_with_another(submission, sentence, cities, officer):
    secrets = actions.open_signing(submission=submission, cities=cities[:2], sign_until=NOW + timedelta(days=5),
                                   by=officer, at=NOW)
    actions.ask_for_code(secret=secrets[cities[0].pk], answer=ANSWER, at=NOW)
    with pytest.raises(CodeRefused):
        actions.sign(secret=secrets[cities[1].pk], code=_code(cities[0]), at=NOW)


def test_code_ends_after_half_an_hour(submission, sentence, cities, officer):
    secret = actions.open_signing(submission=submission, cities=[cities[0]], sign_until=NOW + timedelta(days=5),
                                  by=officer, at=NOW)[cities[0].pk]
    actions.ask_for_code(secret=secret, answer=ANSWER, at=NOW)
    with pytest.raises(CodeRefused):
        actions.sign(secret=secret, code=_code(cities[0]), at=NOW + timedelta(minutes=30))


def test_codes_go_to_the_address_on_file_only(submission, sentence, officer):
    city = make_city()
    delegate = make_delegate(city)
    secret = actions.open_signing(submission=submission, cities=[city], sign_until=NOW + timedelta(days=5), by=officer,
                                  at=NOW)[city.pk]
    assert secret in Mail.objects.get(recipient=user_of(delegate).email).body
    with pytest.raises(NoAddressOnFile):
        actions.ask_for_code(secret=secret, answer=ANSWER, at=NOW)


def test_other_delegates_hear_at_once_and_may_contest(submission, sentence, cities, officer):
    delegate = make_delegate(cities[0])
    endorsement, _secret = _signed(submission, cities[0], officer)
    deliver_until_quiet(at=NOW)
    deliver_until_quiet(at=NOW)
    assert Mail.objects.filter(recipient=user_of(delegate).email, subject__contains="answered").count() == 1
    with pytest.raises(NotYours):
        actions.contest_endorsement(endorsement=endorsement, by=make_delegate(cities[1]), at=NOW)
    actions.contest_endorsement(endorsement=endorsement, by=delegate, at=NOW)
    assert queries.signatures(submission).n_endorsed == 0


def test_signature_for_an_earlier_wording_does_not_count(submission, sentence, cities, officer):
    _signed(submission, cities[0], officer)
    Sentence.objects.update(text="Other words.")
    found = queries.signatures(submission)
    assert found.n_endorsed == 0
    assert [row.city for row in found.earlier_wording] == [cities[0]]


def test_city_chooses_who_sees_its_signature(submission, sentence, cities, officer):
    for city, visibility in zip(cities, ("public", "addressee", "counted"), strict=False):
        _signed(submission, city, officer, answer={"visibility": visibility})
    public, addressee = queries.signatures(submission), queries.signatures(submission, for_addressee=True)
    assert ([row.city for row in public.named], public.n_not_named, public.n_endorsed) == ([cities[0]], 2, 3)
    assert len(addressee.named) == 2


def test_answer_after_the_day_is_late_on_record_and_not_counted(submission, sentence, cities, officer):
    secret = actions.open_signing(submission=submission, cities=[cities[0]], sign_until=NOW + timedelta(days=1),
                                  by=officer, at=NOW)[cities[0].pk]
    late = NOW + timedelta(days=2)
    actions.ask_for_code(secret=secret, answer=ANSWER, at=late)
    assert actions.sign(secret=secret, code=_code(cities[0]), at=late).is_late
    found = queries.signatures(submission)
    assert (found.n_endorsed, [row.city for row in found.late]) == (0, [cities[0]])
    assert Answered.objects.get().is_late
    with pytest.raises((SigningOver, TokenRefused)):
        actions.ask_for_code(secret=secret, answer=ANSWER, at=NOW + timedelta(days=62))


def test_nobody_signs_before_somebody_entitled_is_named(submission, sentence, officer):
    submission.entitled = " "
    with pytest.raises(WhoSubmits):
        actions.open_signing(submission=submission, cities=[], sign_until=NOW + timedelta(days=1), by=officer, at=NOW)


def test_sentences_stand_still_while_cities_sign(submission, sentence, cities, officer):
    _signed(submission, cities[0], officer)
    with pytest.raises(NotDrafting):
        actions.change_sentence(sentence=Sentence.objects.select_related("section__submission").get(), text="x",
                                edition=1, by=officer, at=NOW)


def test_sign_off_in_the_browser(client, submission, sentence, cities, officer, settings):
    from django.utils import timezone

    now = timezone.now()
    secret = actions.open_signing(submission=submission, cities=[cities[0]], sign_until=now + timedelta(days=5),
                                  by=officer, at=now)[cities[0].pk]
    address = reverse("submit:sign", args=[secret])
    page = client.get(address)
    assert page["Referrer-Policy"] == "strict-origin"
    assert "Three cities ask" in page.content.decode()
    refused = client.post(address, {**ANSWER, "answer": "reservation"})
    assert refused.status_code == 422
    assert "deputy mayor" in refused.content.decode()
    done = client.post(address, {**ANSWER, "answer": "reservation", "stays_out_of": [sentence.public_id]})
    code_page = done["Location"]
    for _ in range(5):
        client.post(code_page, {"code": "000000x"})
    assert "tried too often" in client.post(code_page, {"code": _code(cities[0])}).content.decode()
    assert not Endorsement.objects.exists()


# ---- Handing over


def test_handed_over_submission_is_public_and_its_recipient_is_not(client, submission, sentence, cities, officer):
    _signed(submission, cities[0], officer)
    address = reverse("submit:submission", args=["joint"])
    assert client.get(address).status_code == 404
    actions.hand_over(submission=submission, recipient="Mission of Avalia", handed_on=NOW.date(), by=officer, at=NOW)
    page = client.get(address).content.decode()
    assert "Three cities ask that counters stay open." in page
    assert "Mission of Avalia" not in page
    assert sentence.ask.__class__.objects.get().is_public
    assert Event.objects.filter(name="submission_sent").count() == 1
    actions.hand_over(submission=Submission.objects.get(), recipient="Another", handed_on=NOW.date(), by=officer,
                      at=NOW)
    assert Event.objects.filter(name="submission_sent").count() == 1
    with pytest.raises(NotSigning):
        actions.open_signing(submission=Submission.objects.get(), cities=[], sign_until=NOW + timedelta(days=9),
                             by=officer, at=NOW)


def test_submission_on_a_text_for_members_is_hidden_from_the_public(submission, sentence, officer, consultation):
    _open(submission, officer)
    actions.hand_over(submission=submission, recipient="x", handed_on=NOW.date(), by=officer, at=NOW)
    type(consultation.version).objects.update(distribution="members")
    assert not queries.submissions_for(Viewer()).exists()
    assert queries.submissions_for(make_delegate()).exists()


def test_word_file_bears_sentences_support_sources_and_signatures(client, submission, sentence, cities, officer):
    _signed(submission, cities[0], officer, answer={"visibility": "counted"})
    _signed(submission, cities[1], officer, answer={"reservation": "Only with money.", "answer": "reservation"})
    client.force_login(user_of(officer), backend=BACKEND)
    data = client.get(reverse("submit:docx", args=["joint"])).content
    words = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)
    assert "Three cities ask that counters stay open." in words
    assert "3 cities, 3 mandated" in words
    footnotes = ZipFile(io.BytesIO(data)).read("word/footnotes.xml").decode()
    assert "Our counters stay open, says town 0." in footnotes
    assert "/para/" in ZipFile(io.BytesIO(data)).read("word/_rels/footnotes.xml.rels").decode()
    assert cities[1].name in words
    assert "Only with money." in words
    assert "1 more, not named at its wish" in words
    # Same input, same bytes, at whatever time: no entry of the archive bears one.
    assert {entry.date_time for entry in ZipFile(io.BytesIO(data)).infolist()} == {(2000, 1, 1, 0, 0, 0)}
    assert _docx(submission) == _docx(submission)


def _docx(submission, language="en"):
    return exports.render(exports.content(submission, language=language, for_addressee=True), "docx")


def test_arabic_word_file_runs_from_the_right(submission, sentence, officer):
    data = _docx(submission, "ar")
    paragraph = Document(io.BytesIO(data)).paragraphs[0]
    assert paragraph._p.pPr.xpath("w:bidi")


def test_contributions_stay_when_a_sentence_goes(submission, sentence, officer):
    actions.remove_sentence(sentence=sentence, by=officer, at=NOW)
    assert Contribution.objects.count() == 3
    assert not Sentence.objects.exists()


def test_pages_of_the_desk_open(client, submission, sentence, officer):
    client.force_login(user_of(officer), backend=BACKEND)
    for name, args in (("table", ["joint"]), ("sentence", ["joint", sentence.public_id]), ("open_signing", ["joint"]),
                       ("hand_over", ["joint"]), ("new_sentence", ["joint", 1]), ("submission", ["joint"]),
                       ("new_submission", [submission.process.slug])):
        assert client.get(reverse(f"submit:{name}", args=args)).status_code == 200, name
    assert client.get(reverse("submit:table", args=["joint"]) + f"?sentence={sentence.public_id}").status_code == 200


# ---- What an attack found


def test_officer_cannot_ask_whether_unpublished_words_say_something(client, submission, sentence, consultation, officer):  # noqa: E501
    from tests.factories import make_contribution

    from tribune.synthesise.actions import NotPublished

    inner = make_contribution(consultation, city=make_city(), why="Our secret position.")
    for quote in ("Our secret position.", "never said"):
        with pytest.raises(NotPublished):
            actions.add_source(sentence=sentence, contribution=inner, quote=quote, by=officer, at=NOW)
    client.force_login(user_of(officer), backend=BACKEND)
    answer = client.post(reverse("submit:sources", args=["joint", sentence.public_id]),
                         {"contribution": inner.public_id, "stance": "for", "quote": "Our secret"})
    assert answer.status_code == 404


def test_characters_that_xml_has_no_place_for_do_not_break_the_word_file(submission, sentence, cities, officer):
    _signed(submission, cities[0], officer, answer={
        "answer": "reservation", "reservation": "Only\x0b with\x01 money."})
    Sentence.objects.update(text="Three cities\x0b ask.")
    Endorsement.objects.update(wording=actions._signing.current_wording(submission))
    data = _docx(submission)
    words = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)
    assert "Three cities ask." in words
    assert "Only with money." in words


def test_sentence_of_an_ask_on_a_hidden_text_hides_the_submission(submission, sentence, officer, consultation):
    from tribune.submit.models import SentenceSource

    _open(submission, officer)
    actions.hand_over(submission=submission, recipient="x", handed_on=NOW.date(), by=officer, at=NOW)
    SentenceSource.objects.all().delete()
    assert queries.submissions_for(Viewer()).exists()
    type(consultation.version).objects.update(distribution="members")
    assert not queries.submissions_for(Viewer()).exists()
