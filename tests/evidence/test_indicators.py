"""A city's indicators: brought, shown with what is missing and what to ask about, as a wheel and as a table."""

import csv
import io
import re

import pytest
from tests.evidence.test_schools import file
from tests.factories import NOW, make_city, make_delegate, make_officer, user_of

from tribune.engine.indicators import read_observations, report, u4ssc
from tribune.evidence import lists
from tribune.evidence.wheel import wheel

pytestmark = pytest.mark.django_db

HEAD = "code,point,year,value,unit,sex,source,quality\n"
ROWS = ("EC: I: WS: 1C,,2025,97.5,%,,Survey,1\nEC: I: WS: 2C,,2025,98.5,%,,Survey,1\n"
        "EN: EN: AQ: 1C,PM2.5,2025,10,,,Net,1\n"
        "SC: EH: ED: 4C,,2025,91,%,women,Survey,1\nSC: EH: ED: 4C,,2025,95,%,men,Survey,1\n")


@pytest.fixture
def city():
    return make_city(name="Kestrel Sound", slug="kestrel")


@pytest.fixture
def keeper(city):
    return make_delegate(city)


def use(city, keeper, text=HEAD + ROWS, kind="kpis"):
    made = lists.bring_list(city=city, kind=kind, file=file(text, "values.csv"), source="City statistics",
                            as_of=NOW.date(), by=keeper, at=NOW)
    return lists.use_list(figures=made, by=keeper, at=NOW)


def page(client, more=""):
    return client.get(f"/en/city/kestrel/indicators/{more}").content.decode()


def test_nothing_yet_says_what_to_do(client, city, keeper):
    assert "No indicators yet" in page(client)
    client.force_login(user_of(keeper))
    assert "Empty table to fill in" in page(client)


def test_what_is_reported_missing_and_doubtful_stands_there(client, city, keeper):
    use(city, keeper)
    text = page(client)
    assert "4 of 91 indicators are reported" in text
    assert "sends such a report back" in text
    assert "It is more than another indicator that it normally lies within." in text
    assert "women 91" in text
    assert "men 95" in text
    assert "not an official score" in text
    assert text.count('<tr id="') == 4
    assert page(client, "?show=all").count('<tr id="') == 91


def test_the_city_brings_its_own_targets(client, city, keeper):
    use(city, keeper)
    use(city, keeper, "code,point,target,start,source\nSC: EH: ED: 4C,,95,,x\nEC: I: WS: 1C,,195,,Council\n", "targets")
    assert "33 to 66 %" in page(client)


def test_bad_rows_are_told_and_the_rest_is_kept(client, city, keeper):
    client.force_login(user_of(keeper))
    answer = client.post("/en/city/kestrel/schools/lists/", {
        "kind": "kpis", "file": file(HEAD + ROWS + "XX,,2025,1,,,,\nEC: ICT: ICT: 1C,,2025,=1+1,%,,,\n", "v.csv"),
        "source": "s", "as_of": "2026-01-01"}, follow=True).content.decode()
    assert "5 rows can be used" in answer
    assert "there is no such indicator: 1" in answer


def test_the_template_comes_back_as_it_went(client, city, keeper):
    text = client.get("/en/city/kestrel/indicators/template.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 112
    values, bad = read_observations(text, u4ssc())
    assert (values, bad) == ((), ())
    use(city, keeper, text.replace("EC: I: WS: 1C,,,,%", "EC: I: WS: 1C,,2025,90,%"))
    assert "1 of 91" in page(client)


def test_the_table_says_the_same_and_holds_no_formula(client, city, keeper):
    use(city, keeper, HEAD + "EC: I: WS: 1C,,2025,97.5,%,,=cmd(),1\n")
    rows = list(csv.DictReader(io.StringIO(client.get("/en/city/kestrel/indicators.csv").content.decode("utf-8-sig"))))
    assert (rows[0]["value"], rows[0]["band"], rows[0]["source"]) == ("97.5", "95+", "'=cmd()")


def test_each_reported_indicator_is_a_wedge_and_a_missing_one_is_none():
    values, bad = read_observations(HEAD + ROWS, u4ssc())
    drawn = wheel(report(values, bad=bad))
    assert {one.code for one in drawn.wedges} == {"EC: I: WS: 1C", "EC: I: WS: 2C", "EN: EN: AQ: 1C", "SC: EH: ED: 4C"}
    assert len(drawn.arcs) == 3
    assert all(re.fullmatch(r"[MLAz0-9.,\- ]+", one.path) for one in drawn.wedges)


def test_the_page_asks_few_questions_and_only_its_people_bring(client, city, keeper, django_assert_max_num_queries):
    use(city, keeper)
    page(client)
    with django_assert_max_num_queries(8):
        page(client)
    with pytest.raises(lists.NotYours):
        use(city, make_officer())
    assert "4 of 91 indicators are reported" in client.get("/en/city/kestrel/").content.decode()
