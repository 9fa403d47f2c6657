import io
import json
import re
from zipfile import ZipFile

import pypdfium2
import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.factories import NOW, make_city, make_position, user_of

from tribune.common.outbox import deliver_until_quiet
from tribune.engine.compose import Counts, excesses
from tribune.listen.models import Contribution
from tribune.people.rules import Viewer
from tribune.submit import actions, exports, letter_text, papers, queries
from tribune.submit.models import SentCopy, Sentence, Submission
from tribune.submit.refusals import EditedMeanwhile
from tribune.submit.sheet import asks_in, sheet
from tribune.synthesise.evidence import NoSource, NotQuoted, add_evidence, evidence_of, is_stale

from .test_submissions import BACKEND, _signed

pytestmark = pytest.mark.django_db
SUFFIXES = ("docx", "pdf", "json", "akn.xml", "csv", "xlsx")


def _text(data, suffix):
    if suffix == "pdf":
        file = pypdfium2.PdfDocument(data)
        return "".join(page.get_textpage().get_text_range() for page in file)
    if suffix in ("docx", "xlsx"):
        return "".join(ZipFile(io.BytesIO(data)).read(name).decode() for name in ZipFile(io.BytesIO(data)).namelist()
                       if name.endswith((".xml", ".rels")))
    return data.decode()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_file_bears_sentence_and_support_and_is_the_same_each_time(submission, sentence, cities, officer, suffix):
    _signed(submission, cities[0], officer)
    data = exports.render(exports.content(submission, language="en"), suffix)
    assert data == exports.render(exports.content(Submission.objects.get(), language="en"), suffix)
    assert "Three cities ask that counters stay open." in " ".join(_text(data, suffix).split())
    assert "3 cities, 3 mandated" in _text(data, suffix)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_file_bears_a_proposal_words_taken_back_or_a_city_that_is_not_to_be_named(
        submission, sentence, cities, officer, contributions, suffix):
    actions.add_sentence(section=submission.sections.get(), text="Only proposed so far.", is_proposal=True, by=officer,
                         at=NOW)
    Contribution.objects.filter(pk=contributions[2].pk).update(state="withdrawn")
    Sentence.objects.filter(is_proposal=True).update(is_proposal=False)
    _signed(submission, cities[3], officer, answer={"visibility": "counted"})
    _signed(submission, cities[1], officer, answer={"answer": "decline"})
    Sentence.objects.filter(text__startswith="Only proposed").update(is_proposal=True)
    words = _text(exports.render(exports.content(submission, language="en"), suffix), suffix)
    assert "Only proposed" not in words
    assert "says town 2" not in words
    assert cities[3].name not in words


def test_opted_out_city_is_no_source_of_the_sentence_in_any_file(submission, sentence, cities, officer):
    _signed(submission, cities[0], officer, answer={"answer": "reservation", "visibility": "counted",
                                                   "stays_out_of": [sentence.public_id]})
    found = exports.content(submission, language="en")
    for suffix in SUFFIXES:
        assert cities[0].name not in _text(exports.render(found, suffix), suffix), suffix


def test_word_file_has_numbered_paragraphs_styles_and_true_footnotes(submission, sentence, cities, officer):
    data = exports.render(exports.content(submission, language="en"), "docx")
    files = ZipFile(io.BytesIO(data))
    document, notes = (files.read(f"word/{name}.xml").decode() for name in ("document", "footnotes"))
    assert document.count("w:footnoteReference ") == notes.count('<w:footnote w:id="') - 0 == 3
    assert 'w:val="NumberedParagraph"' in document
    assert "w:numPr" in files.read("word/styles.xml").decode()
    assert "footnotes+xml" in files.read("[Content_Types].xml").decode()


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_pdf_is_tagged_a4_and_names_its_language(submission, sentence, language):
    data = exports.render(exports.content(submission, language=language), "pdf")
    assert b"/StructTreeRoot" in data
    assert b"pdfuaid" in data
    file = pypdfium2.PdfDocument(data)
    assert tuple(round(side) for side in file[0].get_size()) == (595, 842)
    assert re.search(rb"/Lang\s*\(" + language.encode(), data)


def test_akoma_ntoso_has_each_sentence_as_a_numbered_paragraph(submission, sentence):
    root = etree.fromstring(exports.render(exports.content(submission, language="en"), "akn.xml"))
    space = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
    assert root.xpath("count(//a:paragraph)", namespaces=space) == 1
    assert root.xpath("count(//a:authorialNote)", namespaces=space) == 3


def test_table_is_safe_against_formulas(submission, officer):
    actions.add_sentence(section=submission.sections.get(), text="=HYPERLINK(1)", by=officer, at=NOW)
    assert b",'=HYPERLINK(1)" in exports.render(exports.content(submission, language="en"), "csv")


def test_what_was_sent_is_kept_by_its_digest(client, submission, sentence, cities, officer):
    _signed(submission, cities[0], officer)
    actions.hand_over(submission=submission, recipient="x", handed_on=NOW.date(), by=officer, at=NOW)
    deliver_until_quiet(at=NOW)
    copy = SentCopy.objects.get()
    assert copy.sha256 == exports.content(Submission.objects.get(), language="en", for_addressee=True).sha256
    page = client.get(reverse("submit:submission", args=["joint"])).content.decode()
    assert copy.sha256 in page
    assert json.loads(client.get(reverse("submit:json", args=["joint"])).content)["title"] == "Joint answer"
    Contribution.objects.update(state="withdrawn")
    assert copy.sha256 != exports.content(Submission.objects.get(), language="en", for_addressee=True).sha256


def test_no_file_of_a_draft_for_those_who_do_not_write_it(client, submission, sentence):
    for name in ("docx", "pdf", "json", "akn", "csv", "xlsx", "sheet", "letters"):
        assert client.get(reverse(f"submit:{name}", args=["joint"])).status_code in (302, 404), name


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(["All", "Most", "Many", "Three", "Nine", "cities", "regions", "of 9", "ask",
                                      "unanimously", "3", "for it."]), min_size=1, max_size=6), n=st.integers(0, 3))
def test_no_exported_sentence_claims_more_than_its_sources_unmarked(submission, officer, contributions, words, n):
    Sentence.objects.all().delete()
    made = actions.add_sentence(section=submission.sections.get(), text=" ".join(words), by=officer, at=NOW)
    for contribution in contributions[:n]:
        actions.add_source(sentence=made, contribution=contribution, by=officer, at=NOW)
    [said] = exports.content(submission, language="en").sections[0].sentences
    counts = Counts(said.cities + said.regions, 0, queries.n_took_part(submission))
    assert said.more == bool(excesses(said.text, "en", counts))
    assert said.cities == n


def test_three_hundred_endorsers_fit_into_every_file(submission, sentence, officer):
    from tribune.submit.actions._signing import current_wording
    from tribune.submit.models import Endorsement

    wording = current_wording(submission)
    Endorsement.objects.bulk_create(Endorsement(submission=submission, city=make_city(), answer="endorse",
                                                level="council_vote", wording=wording, signed_at=NOW)
                                    for _ in range(300))
    found = exports.content(submission, language="en")
    assert len(found.signers) == 300
    for suffix in ("docx", "pdf"):
        assert found.signers[299].name in " ".join(_text(exports.render(found, suffix), suffix).split())


# ---- Language sheet, letters, evidence


def test_sheet_is_two_pages_at_most_and_bears_redline_reason_evidence_and_supporters(
        client, submission, sentence, ask, officer, contributions):
    add_evidence(ask=ask, kind="figure", text="Seven of ten come to the counter", year=2026, source="City survey",
                 method="counted at the door", by=officer, at=NOW)
    built = sheet(officer, submission, asks_in(officer, submission), language="en")
    [row] = built.rows
    assert row.pieces[-1] == ("+", "keep counters open")
    assert row.supporters == "3 cities, 3 mandated"
    assert "City survey, 2026, counted at the door" in row.evidence[0]
    assert papers.n_pages(papers.sheet_pdf(built)) <= 2
    client.force_login(user_of(officer), backend=BACKEND)
    assert client.get(reverse("submit:sheet", args=["joint"])).status_code == 200
    assert client.get(reverse("submit:sheet_file", args=["joint", "pdf"])).content[:5] == b"%PDF-"
    words = _text(client.get(reverse("submit:sheet_file", args=["joint", "docx"])).content, "docx")
    assert "keep counters open" in words


def test_sheet_that_does_not_fit_is_refused_in_words(client, submission, sentence, ask, officer):
    type(ask).objects.update(text="Counters stay open. " * 900)
    client.force_login(user_of(officer), backend=BACKEND)
    page = client.get(reverse("submit:sheet_file", args=["joint", "pdf"]))
    assert page.status_code == 422
    assert "a ministry reads two" in page.content.decode()


def test_letter_names_the_cities_of_its_state_only_and_never_those_only_counted(client, submission, sentence, cities,
                                                                              officer):
    for city, (country, visibility) in zip(cities, (("Avalia", "public"), ("Avalia", "counted"), ("Borea", "public")),
                                           strict=False):
        type(city).objects.filter(pk=city.pk).update(country=country)
        _signed(submission, city, officer, answer={"visibility": visibility})
    client.force_login(user_of(officer), backend=BACKEND)
    page = client.get(reverse("submit:letter", args=["joint"]), {"state": "Avalia"}).content.decode()
    assert cities[0].name in page
    assert cities[1].name not in page
    assert cities[2].name not in page
    for suffix in ("pdf", "docx"):
        data = client.get(reverse("submit:letter_file", args=["joint", suffix]), {"state": "Avalia"}).content
        assert cities[0].name in _text(data, suffix)
    assert client.get(reverse("submit:letters", args=["joint"])).status_code == 200


@pytest.mark.parametrize(("body", "line"), [
    ("Dear {state},\n\nsee {adress}", "Line 3: {adress} is not a field"), ("{state.name}", "Line 1"),
    ("a\n{", "Line 2: a brace"), ("{0}", "Line 1"), ("{state!r}", "Line 1")])
def test_template_with_an_unknown_field_says_which_line(client, submission, officer, body, line):
    client.force_login(user_of(officer), backend=BACKEND)
    page = client.post(reverse("submit:letter_template", args=["joint", "en"]), {"body": body, "edition": 0})
    assert page.status_code == 422
    assert line in page.content.decode()


def test_two_who_change_a_letter_at_once_lose_nothing(hub, officer):
    letter_text.keep_template(organisation=hub, language="en", body="Dear {state}", edition=0, by=officer, at=NOW)
    with pytest.raises(EditedMeanwhile):
        letter_text.keep_template(organisation=hub, language="en", body="Hello {state}", edition=0, by=officer, at=NOW)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar", "zh"])
def test_shipped_letters_have_known_fields(hub, language):
    body, edition = letter_text.template_for(hub, language)
    assert edition == 0
    assert "Avalia" in letter_text.fill(body, {"state": "Avalia"})


def test_evidence_is_frozen_needs_its_source_and_grows_old(ask, officer, contributions):
    with pytest.raises(NoSource):
        add_evidence(ask=ask, kind="figure", text="70 %", year=2026, source="Survey", by=officer, at=NOW)
    with pytest.raises(NotQuoted):
        add_evidence(ask=ask, kind="quote", text="never said", contribution=contributions[0], by=officer, at=NOW)
    quote = add_evidence(ask=ask, kind="quote", text="counters stay open", contribution=contributions[0], by=officer,
                         at=NOW, stale_on=NOW.date())
    assert is_stale(quote, on=NOW.date())
    assert evidence_of([ask]) == {ask.pk: [quote]}
    Contribution.objects.update(state="withdrawn")
    assert evidence_of([ask]) == {}


def test_submission_that_stands_on_a_consultation_one_may_not_read_is_hidden(submission, sentence, officer,
                                                                           consultation, process):
    from tests.factories import make_consultation, make_draft, make_version

    Submission.objects.update(state="sent", sent_at=NOW)
    assert queries.submissions_for(Viewer()).exists()
    inner = make_consultation(make_version(["Inner."], draft=make_draft(process, slug="inner"),
                                           distribution="members"))
    position = make_position(inner, city=make_city())
    Contribution.objects.filter(pk=position.pk).update(passage=None)
    Submission.objects.update(state="drafting")
    actions.add_source(sentence=sentence, contribution=position, by=officer, at=NOW)
    Submission.objects.update(state="sent")
    assert not queries.submissions_for(Viewer()).exists()


def test_dates_quotes_and_names_keep_their_direction_in_an_arabic_file(submission, sentence, officer):
    """After Arabic letters a bare date turns around, and quotation marks of a Latin quote part from it."""
    actions.take_sentence(sentence=sentence, by=officer, at=NOW)
    found = exports.content(submission, language="ar", for_addressee=True)
    notes = [note for section in found.sections for said in section.sentences for note in said.notes]
    assert notes
    for note in notes:
        line = exports._akn.note_line(found, note)
        assert f"\u2068{note.on}\u2069" in line
        assert f"\u2068“{note.quote}”\u2069" in line
    plain = exports.content(submission, language="en", for_addressee=True)
    assert "\u2068" not in exports.render(plain, "akn.xml").decode()
