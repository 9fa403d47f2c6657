"""Data of other platforms in, ours out: bad rows by line, nothing half imported, nothing small, no formulas."""

import csv
import io
import json
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from tests.factories import (
    NOW,
    make_consultation,
    make_officer,
    make_organisation,
    make_statement,
    make_version,
    user_of,
)

from tribune.common.refusals import NotAllowed
from tribune.listen import actions, counts, exchange_jobs
from tribune.listen.actions import _exchange_store as store
from tribune.listen.choices import DataState, StatementState, VoiceOrigin
from tribune.listen.exchange.polis_out import write_polis
from tribune.listen.exchange.shown_out import FORMS, file_of
from tribune.listen.models import DataImport, ImportedVotes, Statement, Voice, Vote
from tribune.listen.refusals import ConsultationClosed, Incomplete, NotInThisPhase, NotWaiting

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
COMMENTS = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
VOTES = "timestamp,datetime,comment-id,voter-id,vote\n"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def talk():
    return make_consultation(format="statement_vote", opened=False)


@pytest.fixture
def officer(talk):
    return make_officer(talk.organisation)


def bring(talk, officer, *files, run=True, source="pol.is, a conversation"):
    data = actions.receive_data(consultation=talk, files=[
        (name, words if isinstance(words, bytes) else words.encode()) for name, words in files],
        source=source, by=officer, at=NOW)
    if run:
        exchange_jobs.run(data.pk)
        data.refresh_from_db()
    return data


def comment(id, text, moderated=1):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([1500000000000, "", id, 0, 0, 0, moderated, text])
    return out.getvalue()


def vote(statement, voter, value, time=1500000000000):
    return f"{time},,{statement},{voter},{value}\n"


def bad(data):
    return [(file, line, code) for file, line, code, _what in data.report["bad"]]


def client_of(viewer):
    client = Client()
    client.force_login(user_of(viewer), backend=BACKEND)
    return client


def at(name, *args):
    return reverse(f"listen:{name}", args=args)


def crowd(talk, officer, n=12):
    """Two statements; `n` voices agree with the first, all but three of them disagree with the second."""
    first = make_statement(talk, "=cmd|' /C calc'!A0 is a sentence.", by=officer)
    second = make_statement(talk, by=officer)
    for row in range(n):
        voice = Voice.objects.create(consultation=talk, uid=f"{talk.pk}-{row}")
        Vote.objects.create(voice=voice, statement=first, value=1)
        Vote.objects.create(voice=voice, statement=second, value=1 if row < 3 else -1)
    return first, second


# ---- in

def test_each_bad_row_is_told_by_its_line_and_the_rest_is_kept(talk, officer):
    data = bring(talk, officer, ("votes.csv", VOTES + vote(0, 7, 1) + vote(0, 7, "maybe") + vote(99, 7, 1) + "1,2\n"
                                 + vote(1, 7, 0, "soon") + vote(1, "", 1) + vote(1, 8, -1)),
                 ("comments.csv", COMMENTS + comment(0, "Schools need fibre.") + comment(1, "Towns should be heard.")
                  + comment(1, "Said twice.") + comment(2, "<script>alert(1)</script>") + comment(3, "x" * 10_000)
                  + comment(4, "Turned \u202eround.") + comment(5, "") + comment(6, "Yes 🚀, with an emoji.")))
    assert data.state == DataState.DONE
    assert set(bad(data)) == {
        ("votes.csv", 3, "bad_vote"), ("votes.csv", 4, "unknown_statement"), ("votes.csv", 5, "short_row"),
        ("votes.csv", 6, "bad_time"), ("votes.csv", 7, "bad_id"), ("comments.csv", 4, "duplicate_statement"),
        ("comments.csv", 5, "statement_markup"), ("comments.csv", 6, "statement_long"),
        ("comments.csv", 7, "statement_turning"), ("comments.csv", 8, "statement_empty")}
    assert list(Statement.objects.order_by("pk").values_list("text", flat=True)) == [
        "Schools need fibre.", "Towns should be heard.", "Yes 🚀, with an emoji."]
    assert sorted(Vote.objects.values_list("value", flat=True)) == [-1, 1]
    assert all("\u202e" not in row[3] for row in data.report["bad"])


def test_of_contradicting_votes_the_last_by_time_counts_wherever_it_stands(talk, officer):
    data = bring(talk, officer, ("c.csv", COMMENTS + comment(0, "Schools need fibre.")),
                 ("v.csv", VOTES + vote(0, 7, -1, 1600000000000) + vote(0, 7, 1, 1500000000000) + vote(0, 8, 1)
                  + vote(0, 8, 1)))
    assert list(Vote.objects.order_by("voice_id").values_list("value", flat=True)) == [-1, 1]
    assert (data.report["replaced"], data.report["contrary"]) == (2, 1)


def test_moderated_out_there_is_not_published_here_and_the_source_stands_beside(talk, officer):
    bring(talk, officer, ("c.csv", COMMENTS + comment(0, "Schools need fibre.") + comment(1, "Rude words.", -1)),
          source="pol.is/abc")
    states = dict(Statement.objects.values_list("text", "state"))
    assert states == {"Schools need fibre.": StatementState.PUBLISHED, "Rude words.": StatementState.REFUSED}
    assert Statement.objects.first().came_by.source == "pol.is/abc"
    assert "pol.is/abc" in client_of(officer).get(at("data", talk.slug)).content.decode()


@pytest.mark.parametrize(("encoding", "text"), [("cp1252", "Écoles reliées à la fibre, s’il vous plaît."),
                                                ("cp1251", "Школам нужна сеть, и городам тоже."),
                                                ("utf-8-sig", "المدارس تحتاج إلى الألياف."),
                                                ("utf-16", "学校需要光纤。")])
def test_old_encodings_and_byte_order_marks_are_read(talk, officer, encoding, text):
    data = bring(talk, officer, ("comments.csv", (COMMENTS + comment(0, text)).encode(encoding)))
    assert data.state == DataState.DONE, data.code
    assert Statement.objects.get().text == text


@pytest.mark.parametrize(("files", "code"), [
    ([("a.csv", "x,y\n1,2\n")], "wrong_columns"), ([("a.csv", " \n")], "empty"), ([("a.csv", b"%PDF-1.4 x")], "empty"),
    ([("votes.csv", VOTES + vote(0, 1, 1))], "no_comments"),
    ([("comments.csv", COMMENTS + comment(0, "<b>bold</b>"))], "no_statements"),
    ([("a.zip", b"PK\x03\x04broken")], "no_table")])
def test_what_cannot_be_used_is_refused_in_words(talk, officer, files, code):
    data = bring(talk, officer, *files)
    assert (data.state, data.code) == (DataState.REFUSED, code)
    assert not Statement.objects.exists()
    assert client_of(officer).get(at("data_import", talk.slug, data.public_id)).status_code == 200


def test_two_hundred_thousand_bad_rows_are_counted_and_five_hundred_told(talk, officer):
    data = bring(talk, officer, ("comments.csv", COMMENTS + comment(0, "Schools need fibre.")),
                 ("votes.csv", VOTES + vote(0, 7, 5) * 200_000 + vote(0, 7, 1)))
    assert data.state == DataState.DONE
    assert (data.report["n_bad"], len(data.report["bad"])) == (200_000, 500)
    assert Vote.objects.count() == 1


def test_a_reading_that_dies_half_way_leaves_nothing_in_sight_and_is_taken_up_again(talk, officer, monkeypatch):
    files = (("c.csv", COMMENTS + comment(0, "Schools need fibre.")), ("v.csv", VOTES + vote(0, 7, 1) + vote(0, 8, -1)))
    data = bring(talk, officer, *files, run=False)
    seen = []

    class Killed(BaseException):
        """What no handler catches: the machine went off."""

    def stops(*_args):
        seen.append([row.total for row in counts.tallies(talk)])
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(store, "pack", stops)
        with pytest.raises(Killed):
            exchange_jobs.run(data.pk)
    assert seen == [[]]
    assert Vote.objects.count() == 2
    DataImport.objects.update(state=DataState.WAITING)
    exchange_jobs.run(data.pk)
    assert (Voice.objects.count(), Vote.objects.count(), Statement.objects.count()) == (2, 2, 1)
    assert [row.total for row in counts.tallies(talk)] == [2]


def test_what_is_stopped_leaves_nothing(talk, officer, monkeypatch):
    data = bring(talk, officer, ("c.csv", COMMENTS + comment(0, "Schools need fibre.")),
                 ("v.csv", VOTES + vote(0, 7, 1)), run=False)
    packed = store.pack

    def stopped_meanwhile(*args):
        actions.stop_data(data=data, by=officer, at=NOW)
        return packed(*args)

    monkeypatch.setattr(store, "pack", stopped_meanwhile)
    exchange_jobs.run(data.pk)
    assert not (Voice.objects.exists())
    assert not (Vote.objects.exists())
    assert not (Statement.objects.exists())
    assert not ImportedVotes.objects.exists()
    assert DataImport.objects.get().state == DataState.CANCELLED
    with pytest.raises(NotWaiting):
        actions.stop_data(data=data, by=officer, at=NOW)


def test_who_may_bring_data_when_and_what_must_be_named(talk, officer):
    files = [("a.csv", b"statement\nSchools need fibre.\n")]
    with pytest.raises(NotAllowed):
        actions.receive_data(consultation=talk, files=files, source="x", by=make_officer(make_organisation()), at=NOW)
    with pytest.raises(Incomplete):
        actions.receive_data(consultation=talk, files=files, source=" ", by=officer, at=NOW)
    actions.receive_data(consultation=talk, files=files, source="x", by=officer, at=NOW)
    with pytest.raises(NotWaiting):
        actions.receive_data(consultation=talk, files=files, source="x", by=officer, at=NOW)
    review = make_consultation(format="paragraph_review")
    with pytest.raises(NotInThisPhase):
        actions.receive_data(consultation=review, files=files, source="x", by=make_officer(review.organisation), at=NOW)
    closed = make_consultation(format="statement_vote")
    boss = make_officer(closed.organisation)
    actions.close_consultation(consultation=closed, by=boss, at=NOW)
    with pytest.raises(ConsultationClosed):
        actions.receive_data(consultation=closed, files=files, source="x", by=boss, at=NOW)


def test_a_consultation_holds_one_imported_conversation(talk, officer):
    bring(talk, officer, ("c.csv", COMMENTS + comment(0, "Schools need fibre.")))
    second = bring(talk, officer, ("c.csv", COMMENTS + comment(0, "Towns should be heard.")))
    assert (second.state, second.code) == (DataState.REFUSED, "second")
    assert Statement.objects.count() == 1


def test_lists_of_statements_as_csv_xlsx_sensemaker_and_t3c(talk, officer):
    book = Workbook()
    for row in (["id", "statement"], ["1", "Water is a right."], ["2", "water is a right."],
                ["3", "'=Sums are words."]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    sheet = bring(talk, officer, ("list.xlsx", out.getvalue()))
    assert (sheet.state, sheet.kind, bad(sheet)) == (DataState.DONE, "list", [("list.xlsx", 3, "duplicate_statement")])
    maker = bring(talk, officer, ("s.csv", "comment-id,comment_text,agrees,disagrees,passes\n"
                                  "1,Trees cool streets.,4,1,0\n"))
    assert maker.kind == "sensemaker"
    assert ["sums_left_out", "s.csv"] in maker.report["notices"]
    t3c = bring(talk, officer, ("t.csv", "id;comment;interview\n1;Buses at night.;Ana\n2;Trees cool streets.;Bo\n"))
    assert t3c.kind == "t3c"
    assert ["there_already", "1"] in t3c.report["notices"]
    assert set(Statement.objects.values_list("text", flat=True)) == {
        "Water is a right.", "=Sums are words.", "Trees cool streets.", "Buses at night."}
    assert not Vote.objects.exists()


# ---- out

def test_no_data_before_closing_and_the_page_says_why(talk, officer):
    actions.open_consultation(consultation=talk, by=officer, at=NOW)
    page = Client().get(at("data", talk.slug)).content.decode()
    assert "There is no open data yet" in page
    for name in (*FORMS, "all.zip"):
        assert Client().get(at("data_file", talk.slug, name)).status_code == 404
    assert client_of(officer).get(at("data_file", talk.slug, "statements.csv")).status_code == 200
    assert Client().get(at("data_file", talk.slug, "votes.csv")).status_code == 404


def test_open_data_hold_nothing_small_and_no_formula(talk, officer):
    actions.open_consultation(consultation=talk, by=officer, at=NOW)
    first, second = crowd(talk, officer)
    actions.close_consultation(consultation=talk, by=officer, at=NOW)
    client = Client()
    told = b"".join(client.get(at("data_file", talk.slug, "statements.csv")).streaming_content).decode()
    assert told.startswith("\ufeff")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(told.removeprefix("\ufeff")))}
    assert rows[first.public_id]["text"].startswith("'=")
    assert (rows[first.public_id]["agree"], rows[first.public_id]["exact"]) == ("12", "yes")
    # Three agreed and nine did not: neither follows, nor does their sum.
    assert (rows[second.public_id]["agree"], rows[second.public_id]["disagree"]) == ("0", "5")
    whole = json.loads("".join(file_of(type(talk).objects.get(pk=talk.pk), "statements.json")))
    assert whole["licence"].startswith("CC BY")
    [row] = [row for row in whole["statements"] if row["id"] == second.public_id]
    assert all(row[side] % 5 == 0 for side in ("agree", "disagree", "pass"))
    book = load_workbook(io.BytesIO(client.get(at("data_file", talk.slug, "statements.xlsx")).content))
    assert all(cell.data_type != "f" for line in book["statements"].iter_rows() for cell in line)
    with zipfile.ZipFile(io.BytesIO(client.get(at("data_file", talk.slug, "all.zip")).content)) as archive:
        assert set(archive.namelist()) == set(FORMS)
    for name in ("sensemaker.csv", "talk-to-the-city.csv"):
        answer = b"".join(client.get(at("data_file", talk.slug, name)).streaming_content).decode()
        assert "'=cmd" in answer
        assert "\n=" not in answer
        assert ",=" not in answer


def test_only_officers_take_the_whole_conversation_and_single_voices_only_after_closing(talk, officer):
    actions.open_consultation(consultation=talk, by=officer, at=NOW)
    crowd(talk, officer)
    assert Client().get(at("polis_file", talk.slug)).status_code in (302, 403, 404)
    assert client_of(make_officer(make_organisation())).get(at("polis_file", talk.slug)).status_code == 404

    def rows():
        answer = client_of(officer).get(at("polis_file", talk.slug))
        with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
            return list(csv.DictReader(io.StringIO(archive.read("votes.csv").decode()))), archive.namelist()

    assert rows()[0] == []
    actions.close_consultation(consultation=talk, by=officer, at=NOW)
    votes, names = rows()
    assert len(votes) == 24
    assert {(row["timestamp"], row["datetime"]) for row in votes} == {("0", "")}
    assert {"summary.csv", "comments.csv", "votes.csv", "participants-votes.csv"} <= set(names)


def test_votes_cast_here_join_an_imported_conversation_and_erased_words_stay_erased(talk, officer):
    bring(talk, officer, ("comments.csv", COMMENTS + comment(0, "Schools need fibre.") + comment(4, "Towns.", 0)),
          ("votes.csv", VOTES + vote(0, 7, 1) + vote(4, 7, -1)))
    actions.open_consultation(consultation=talk, by=officer, at=NOW)
    statement = Statement.objects.get(text="Schools need fibre.")
    voice = Voice.objects.create(consultation=talk, uid="here")
    actions.vote(statement=statement, voice_uid="here", value=-1)
    Statement.objects.filter(text="Towns.").update(state=StatementState.WITHDRAWN, text="")
    closed = actions.close_consultation(consultation=talk, by=officer, at=NOW)
    with write_polis(closed) as out, zipfile.ZipFile(out) as archive:
        votes = [tuple(row.values())[2:] for row in csv.DictReader(io.StringIO(archive.read("votes.csv").decode()))]
        words = {row["comment-id"]: (row["comment-body"], row["moderated"]) for row in
                 csv.DictReader(io.StringIO(archive.read("comments.csv").decode()))}
    assert votes == [("0", "7", "1"), ("4", "7", "-1"), ("0", "8", "-1")]
    assert words == {"0": ("Schools need fibre.", "1"), "4": ("", "-1")}
    assert voice.origin != VoiceOrigin.IMPORT


def test_members_only_texts_have_no_open_data_and_are_found_by_nobody_else():
    consultation = make_consultation(make_version(distribution="members"), format="both")
    officer = make_officer(consultation.organisation)
    make_statement(consultation, "A restricted sentence.", by=officer)
    actions.close_consultation(consultation=consultation, by=officer, at=NOW)
    for name in ("data", "data_file"):
        args = [consultation.slug] if name == "data" else [consultation.slug, "statements.csv"]
        assert Client().get(at(name, *args)).status_code == 404
    told = json.loads("".join(file_of(type(consultation).objects.get(pk=consultation.pk), "statements.json")))
    assert told["licence"] is None
    assert "open data" not in client_of(officer).get(at("data", consultation.slug)).content.decode()


# ---- pages

def test_the_pages_ask_the_database_twelve_times_at_most(talk, officer, django_assert_max_num_queries):
    for n in range(6):
        bring(talk, officer, ("a.csv", f"statement\nSentence number {n} is one.\n<b>\n" + "\n".join(
            f"<i>{row}" for row in range(60))))
    client = client_of(officer)
    data = DataImport.objects.last()
    client.get(at("data", talk.slug))
    for address in (at("data", talk.slug), at("bring_data", talk.slug), at("data_import", talk.slug, data.public_id)):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
    report = client.get(at("data_report", talk.slug, data.public_id)).content.decode()
    assert report.count("statement_markup") == 61
    assert client.get(at("data_import", talk.slug, data.public_id) + "?page=2").status_code == 200


def test_a_file_is_brought_through_the_page_and_stopped_there(talk, officer, django_capture_on_commit_callbacks):
    client = client_of(officer)
    answer = client.post(at("bring_data", talk.slug), {"source": ""})
    assert answer.status_code == 422
    file = io.BytesIO((COMMENTS + comment(0, "Schools need fibre.")).encode())
    file.name = "comments.csv"
    answer = client.post(at("bring_data", talk.slug), {"file": [file], "source": "pol.is/abc"})
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    assert 'data-running="yes"' in page
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(answer.url).status_code == 302
    assert "Reading was stopped" in client.get(answer.url).content.decode()
    assert not DataImport.objects.get().file.storage.exists(DataImport.objects.get().file.name)
