"""Tables in and out, and the known processes."""

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import NOW, make_call, make_consultation, make_officer, make_organisation, make_process, user_of

from tribune.people.models import Organisation
from tribune.watch import actions, seed
from tribune.watch.models import Call, DeadlineChange, Meeting, Process, Stage
from tribune.watch.refusals import AlreadyHere, StillUsed, TableChanged
from tribune.watch.tables import plan_of, read_table, write_table

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def officer():
    return make_officer(make_organisation())


@pytest.fixture
def hub(officer):
    return Organisation.objects.get(pk=min(officer.officer_of))


def _plan(data, hub, process=""):
    return plan_of(*read_table(data, process=process), organisation_id=hub.pk)


def _save(data, hub, officer, process=""):
    plan = _plan(data, hub, process)
    return actions.save_table(plan=plan, mark=plan.mark, organisation=hub, by=officer, at=NOW)


@pytest.mark.django_db
def test_what_goes_out_comes_back_as_no_change(hub, officer):
    process = make_process(hub, name="=HYPERLINK(1)", topics=["ai", "data"], sdg_targets=["11.3"],
                           time_zone="Europe/Paris")
    make_call(process, name="'quoted, and; more", questions=["Why?", {"text": "How", "words": 150}],
              languages=["en", "fr"], word_limit=300)
    actions.make_meeting(process=process, name="+Session", starts_on=date(2027, 6, 1), time_zone="UTC", by=officer,
                         at=NOW)
    actions.make_stage(process=process, kind="adoption", starts_on=date(2027, 7, 1), by=officer, at=NOW)
    text = write_table(Process.objects.all(), base_url="https://hub.example")
    assert text.startswith("\ufeffkind,id,process")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["kind"] for row in rows] == ["process", "stage", "meeting", "call"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert rows[0]["permalink"] == f"https://hub.example/en/p/{process.slug}/"
    plan = _plan(text.encode(), hub)
    assert (plan.counts, plan.problems) == ({"add": 0, "change": 0, "same": 4}, [])


@pytest.mark.django_db
def test_moved_deadline_in_a_table_keeps_its_history(hub, officer):
    process = make_process(hub)
    call = make_call(process, name="Comments")
    table = f"kind,id,process,name,ends_on,ends_time\ncall,{call.public_id},{process.slug},Comments,2027-05-24,12:00\n"
    plan = _plan(table.encode(), hub)
    assert [(row.act, row.changes) for row in plan.rows] == [
        ("change", [("deadline_on", date(2027, 5, 19), date(2027, 5, 24))])]
    assert _save(table.encode(), hub, officer) == 1
    assert DeadlineChange.objects.get().to_on == date(2027, 5, 24)
    assert Call.objects.get().sequence == 1


@pytest.mark.django_db
def test_bad_lines_are_said_with_their_number_and_the_others_are_read(hub):
    theirs = make_process(slug="theirs")
    table = ("kind,process,name,ends_on,time_zone,languages,colour\nprocess,ours,Our process,,,,\n"
             "call,ours,Good,2027-06-01,,en; fr,red\ncall,ours,Bad day,1 June,,,\n"
             "call,ours,Bad zone,2027-06-01,Lima,,\n"
             f"call,{theirs.slug},Not ours,2027-06-01,,,\ncall,nowhere,Lost,2027-06-01,,,\npicnic,ours,x,,,,\n"
             "call,ours,Good,2027-06-02,,,\n")
    plan = _plan(table.encode("cp1252"), hub)
    assert [row.title for row in plan.rows] == ["Our process", "Good"]
    assert [problem.line for problem in plan.problems] == [1, 4, 5, 6, 7, 8, 9]


@pytest.mark.django_db
def test_a_plan_that_is_no_longer_true_saves_nothing(hub, officer):
    process = make_process(hub)
    call = make_call(process, name="Comments")
    table = f"kind,process,name,ends_on\ncall,{process.slug},Comments,2027-06-09\n".encode()
    mark = _plan(table, hub).mark
    actions.move_deadline(call=call, deadline_on=date(2027, 5, 29), deadline_time=None, by=officer, at=NOW)
    with pytest.raises(TableChanged):
        actions.save_table(plan=_plan(table, hub), mark=mark, organisation=hub, by=officer, at=NOW)
    assert Call.objects.get().deadline_on == date(2027, 5, 29)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=400), st.text(max_size=300).map(str.encode),
                 st.text("\"',;\n\r=process,callstage-0123456789/", max_size=200).map(
                     lambda words: b"kind,process,name,ends_on,starts_on\n" + words.encode())))
def test_no_bytes_break_the_reader(data):
    records, problems = read_table(data, process="steps")
    assert all(record.kind in ("process", "stage", "meeting", "call") for record in records)
    assert all(problem.line >= 1 and str(problem.words) for problem in problems)


@pytest.mark.django_db
def test_officer_sees_what_a_table_would_do_before_it_does(client, hub, officer):
    client.force_login(user_of(officer), backend=BACKEND)
    table = SimpleUploadedFile("t.csv", b"kind,process,name,ends_on\nprocess,lakes,Lakes,\n"
                                        b"call,lakes,Comments,2027-06-09\n")
    page = client.post("/en/processes/import/", {"organisation": hub.pk, "file": table})
    words = page.content.decode()
    assert "2 would be added, 0 changed" in words
    assert not Process.objects.exists()
    initial = page.context["form"].initial
    assert client.post("/en/processes/import/", initial).status_code == 302
    assert Call.objects.get().process.slug == "lakes"
    assert "lakes" in client.get("/en/processes.csv").content.decode()


@pytest.mark.django_db
@pytest.mark.real
def test_real_processes_and_the_chain_of_wsis20_load(real_data, hub, officer):
    listed = (real_data / "domain" / "processes.csv").read_bytes()
    plan = _plan(listed, hub)
    assert sum(row.record.kind == "process" for row in plan.rows) == 34
    assert [problem for problem in plan.problems if problem.line > 1] == []
    _save(listed, hub, officer)
    assert Process.objects.count() == 34
    forum = Process.objects.get(slug="wsis-forum").meetings.get()
    assert (forum.starts_on, forum.ends_on) == (date(2026, 7, 6), date(2026, 7, 10))
    assert _plan(listed, hub).n_to_do == 0
    wsis = make_process(hub, slug="wsis20", time_zone="America/New_York")
    chain = (real_data / "domain" / "wsis20_chain.csv").read_bytes()
    plan = _plan(chain, hub, "wsis20")
    assert (len(plan.rows), [problem for problem in plan.problems if problem.line > 1]) == (18, [])
    _save(chain, hub, officer, "wsis20")
    assert (wsis.stages.count(), wsis.meetings.count(), wsis.calls.count()) == (10, 6, 2)
    assert wsis.stages.get(name__contains="80/173").kind == "adoption"
    assert wsis.stages.get(starts_on=date(2025, 11, 1)).precision == "month"


def test_known_processes_are_read_whole():
    found = seed.known()
    assert len(found) == 35
    for what in found.values():
        assert what.name, what.id
        assert what.host, what.id
        assert what.entry_point, what.id
        assert what.knowledge, what.id
        assert what.source_url or "no source" in what.knowledge, what.id


@pytest.mark.django_db
def test_every_known_process_switches_on_once_and_off_while_nothing_hangs_on_it(hub, officer):
    for what in seed.known().values():
        process = actions.adopt_known(known=what, organisation=hub, by=officer, at=NOW)
        assert process.known_id == what.id
    assert Process.objects.count() == 35
    with pytest.raises(AlreadyHere):
        actions.adopt_known(known=seed.known()["wsis20"], organisation=hub, by=officer, at=NOW)
    other = make_officer(make_organisation())
    again = actions.adopt_known(known=seed.known()["wsis20"], organisation=Organisation.objects.get(
        pk=min(other.officer_of)), by=other, at=NOW)
    assert again.slug == "wsis20-2"
    for process in Process.objects.filter(organisation=hub):
        actions.drop_known(process=process, by=officer, at=NOW)
    assert Process.objects.get() == again
    assert Stage.objects.count() + Meeting.objects.count() == sum(
        record.kind in ("stage", "meeting") for record in seed.known()["wsis20"].records)


@pytest.mark.django_db
def test_what_hangs_on_a_known_process_keeps_it(hub, officer):
    with_call = actions.adopt_known(known=seed.known()["igf"], organisation=hub, by=officer, at=NOW)
    actions.make_call(process=with_call, name="Workshops", deadline_on=date(2027, 6, 1), deadline_time=None,
                      time_zone="UTC", by=officer, at=NOW.replace(hour=10))
    spoken = actions.adopt_known(known=seed.known()["hlpf"], organisation=hub, by=officer, at=NOW)
    make_consultation().__class__.objects.update(process=spoken)
    for process in (with_call, spoken, make_process(hub)):
        with pytest.raises(StillUsed):
            actions.drop_known(process=process, by=officer, at=NOW)


@pytest.mark.django_db
def test_page_of_known_processes(client, hub, officer, django_assert_max_num_queries):
    client.force_login(user_of(officer), backend=BACKEND)
    with django_assert_max_num_queries(12):
        page = client.get("/en/processes/known/").content.decode()
    assert "35 processes are known" in page
    on = client.post("/en/processes/known/", {"known": "igf", "organisation": hub.pk, "switch": "on"})
    assert on["Location"].endswith("/en/p/igf/")
    assert client.post("/en/processes/known/", {"known": "igf", "organisation": make_organisation().pk,
                                                "switch": "on"}).status_code == 404
    client.post("/en/processes/known/", {"known": "igf", "organisation": hub.pk, "switch": "off"})
    assert not Process.objects.exists()
