"""A city's schools: brought, looked at, used, shown, planned, put back; leaks, bad files, bounds."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories import NOW, make_city, make_delegate, make_officer, make_process, user_of

from tribune.common import slots
from tribune.evidence import lists, queries
from tribune.evidence.models import FigureList, School, SchoolRule
from tribune.synthesise.actions import make_ask

pytestmark = pytest.mark.django_db

HEAD = "id,name,lat,lon,pupils,girls,download_mbps,stable,electricity,devices\n"
ROWS = ["s1,Quay School,12.00,-38.00,300,150,40,yes,yes,yes", "s2,Hill School,12.02,-38.03,800,400,5,yes,yes,yes",
        "s3,Mill School,12.04,-38.01,120,60,,,,", "s4,=Reed School,12.05,-38.05,50,20,,no,no,no"]
NODES = "id,lat,lon\nn1,12.00,-38.001\n"


@pytest.fixture
def city():
    return make_city(name="Kestrel Sound", slug="kestrel")


@pytest.fixture
def keeper(city):
    return make_delegate(city)


@pytest.fixture
def desk(client, keeper):
    client.force_login(user_of(keeper))
    return client


def file(text, name="schools.csv"):
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


FOUR = HEAD + "\n".join(ROWS) + "\n"


def use(city, keeper, text=FOUR, kind="schools"):
    made = lists.bring_list(city=city, kind=kind, file=file(text), source="Ministry", as_of=NOW.date(), by=keeper,
                            at=NOW)
    return lists.use_list(figures=made, by=keeper, at=NOW)


def page(client, city, more=""):
    return client.get(f"/en/city/{city.slug}/schools/{more}").content.decode()


def test_without_a_list_the_page_says_what_to_do(client, desk, city):
    assert "Bring a list" in page(desk, city)
    desk.logout()
    assert "Bring a list</a>" not in page(client, city)


def test_a_list_is_looked_at_before_it_is_used(desk, city):
    answer = desk.post(f"/en/city/{city.slug}/schools/lists/", {
        "kind": "schools", "file": file(HEAD + "\n".join(ROWS) + "\nbad,No Place,0,0,,,,,,\n"), "source": "Ministry",
        "as_of": "2026-01-01"}, follow=True)
    text = answer.content.decode()
    assert "4 schools can be used" in text
    assert "the place is 0, 0: 1" in text
    assert not School.objects.exists()
    made = FigureList.objects.get()
    desk.post(f"/en/city/{city.slug}/schools/lists/{made.public_id}/", {"use": "yes"})
    assert School.objects.count() == 4
    text = page(desk, city)
    assert "2 of 4 schools are not meaningfully connected" in text
    assert "Of 1 it is not known" in text


def test_columns_may_be_said_otherwise(desk, city, keeper):
    made = lists.bring_list(city=city, kind="schools", file=file("a,b,c,lat,lon\nx,7,9,12,-38\n"), source="s",
                            as_of=NOW.date(), by=keeper, at=NOW)
    desk.post(f"/en/city/{city.slug}/schools/lists/{made.public_id}/", {"id": "a", "pupils": "c", "lat": "lat",
                                                                        "lon": "lon"})
    made.refresh_from_db()
    lists.use_list(figures=made, by=keeper, at=NOW)
    assert School.objects.get().pupils == 9


def test_unknown_is_never_counted_as_no(city, keeper):
    use(city, keeper)
    found = queries.schools_of(city)
    assert (found.count("yes"), found.count("no"), found.count("unknown")) == (1, 2, 1)


def test_a_school_keeps_its_address_and_the_list_before_can_be_put_back(desk, city, keeper):
    use(city, keeper)
    address = School.objects.get(ident="s2").public_id
    use(city, keeper, HEAD + "s2,Hill School Renamed,12.02,-38.03,810,400,50,yes,yes,yes\n")
    assert School.objects.get().public_id == address
    assert "Hill School Renamed" in page(desk, city, f"{address}/")
    desk.post(f"/en/city/{city.slug}/schools/lists/back/", {"kind": "schools"})
    assert School.objects.count() == 4
    assert School.objects.get(ident="s2").name == "Hill School"


def test_a_budget_buys_schools_pupils_and_girls(client, city, keeper):
    use(city, keeper)
    use(city, keeper, NODES, kind="nodes")
    total = queries.schools_of(city).plan.total[1]
    assert total > 0
    text = page(client, city, f"?budget={total * 2:.0f}&by=girls")
    assert "connect 3 schools" in text
    assert "970 pupils, 480 of them girls" in text
    assert "connect 0 schools" in page(client, city, "?budget=0")
    for bad in ("-5", "x", "1e999"):
        assert client.get(f"/en/city/{city.slug}/schools/?budget={bad}").status_code == 200


def test_a_school_says_why_and_what_each_way_costs(client, city, keeper):
    use(city, keeper)
    use(city, keeper, NODES, kind="nodes")
    text = page(client, city, School.objects.get(ident="s2").public_id + "/")
    assert "Not meaningfully connected" in text
    assert "what was measured is less than its pupils need" in text
    assert "40 Mbit/s" in text
    assert "whether the node can be seen was not checked" in text
    assert client.get(f"/en/city/{city.slug}/schools/nothing/").status_code == 404


def test_a_city_has_its_own_measure_and_says_so(desk, city, keeper):
    use(city, keeper)
    desk.post(f"/en/city/{city.slug}/schools/measure/", {
        "mbit": 50, "mbit_per_pupil": 0, "reason": "Council, May 2026"})
    text = page(desk, city)
    assert "3 of 4 schools are not" in text
    assert "Council, May 2026" in text
    desk.post(f"/en/city/{city.slug}/schools/measure/", {"default": "yes"})
    assert not SchoolRule.objects.exists()
    assert "2 of 4 schools are not" in page(desk, city)


def test_own_prices_are_cited_and_used(desk, city, keeper):
    from tests.engine.reach.test_reach import RWANDA

    use(city, keeper)
    use(city, keeper, RWANDA, kind="prices")
    text = page(desk, city)
    assert "worked by hand" in text


def test_files_carry_the_same_and_no_formula(client, city, keeper):
    use(city, keeper)
    text = client.get(f"/en/city/{city.slug}/schools.csv").content.decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text)))
    assert [row["status"] for row in table] == ["yes", "no", "unknown", "no"]
    assert table[3]["name"] == "'=Reed School"
    places = json.loads(client.get(f"/en/city/{city.slug}/schools.geojson").content)
    assert len(places["features"]) == 4


@pytest.mark.parametrize("bad", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b'{"type":"FeatureCollection"}',
                                 b"<html></html>"])
def test_a_file_that_is_no_list_is_refused_in_words_and_nothing_is_lost(desk, city, keeper, bad):
    use(city, keeper)
    answer = desk.post(f"/en/city/{city.slug}/schools/lists/", {
        "kind": "schools", "file": file(bad), "source": "My source", "as_of": "2026-01-01"})
    assert answer.status_code == 422
    assert "My source" in answer.content.decode()
    assert School.objects.count() == 4


def test_markup_in_names_is_text(client, city, keeper):
    use(city, keeper, HEAD + "x,<script>alert(1)</script>,12,-38,1,1,,,,\n")
    assert "<script>alert" not in page(client, city)


def test_only_the_people_of_a_city_keep_its_figures(client, city, keeper):
    use(city, keeper)
    for stranger in (make_officer(), make_delegate(make_city())):
        with pytest.raises(lists.NotYours):
            use(city, stranger)
        client.force_login(user_of(stranger))
        made = FigureList.objects.get()
        for path in ("lists/", f"lists/{made.public_id}/", "measure/"):
            assert client.get(f"/en/city/{city.slug}/schools/{path}").status_code == 404
        assert client.post(f"/en/city/{city.slug}/schools/lists/back/", {"kind": "schools"}).status_code == 404
    other = make_city()
    client.force_login(user_of(make_delegate(other)))
    assert client.get(f"/en/city/{other.slug}/schools/lists/{made.public_id}/").status_code == 404


def test_the_page_asks_few_questions_and_the_table_has_pages(client, city, keeper, django_assert_max_num_queries):
    use(city, keeper, HEAD + "".join(f"s{i},School {i},{12 + i / 500},-38.{i % 97:02d},{i},,,,,\n"
                                     for i in range(450)))
    client.get(f"/en/city/{city.slug}/schools/")
    with django_assert_max_num_queries(12):
        text = page(client, city)
    assert text.count("<tr>") < 130
    assert len(text) < 100_000


def test_the_city_page_and_an_ask_show_the_figures(desk, client, city, keeper):
    use(city, keeper)
    assert "2 not meaningfully connected" in desk.get(f"/en/city/{city.slug}/").content.decode()
    officer = make_officer()
    process = make_process(organisation=None)
    officer = make_officer(process.organisation)
    ask = make_ask(process=process, organisation=process.organisation, kind="ADD", name="Schools", new="schools first",
                   text="Schools first.", contributions=[], by=officer, at=NOW)
    client.force_login(user_of(officer))
    text = client.get(f"/en/p/{process.slug}/asks/{ask.public_id}/").content.decode()
    assert "2 of 4 schools in Kestrel Sound are not meaningfully connected" in text
    put = text[text.index(f"/asks/{ask.public_id}/evidence/?kind=figure"):].split('"')[0].replace("&amp;", "&")
    form = client.get(f"/en/p/{process.slug}{put}").content.decode()
    assert "Ministry" in form
    assert "2 of 4 schools" in form


def test_nobody_else_is_offered_figures(city, keeper):
    use(city, keeper)
    assert slots.ask("ask.evidence", ["x"], keeper) == {}
