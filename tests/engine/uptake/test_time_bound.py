"""Promises with a time: who shall do what by when."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribune.engine.types import Paragraph
from tribune.engine.uptake import time_bound

ON = date(2026, 6, 1)


def found(said, *, language="en", on=ON, kind="operative", headings=()):
    text = [Paragraph("5", "5", "", "operative", "We decide to:"),
            Paragraph("5.a" if kind == "sub" else "6", "6", "", kind, said, headings)]
    return [one for one in time_bound(text, language=language, on=on) if one.paragraph != "5"]


@pytest.mark.parametrize(("said", "due"), [
    ("We request the Secretary-General to report by June 2027.", "2027-06-30"),
    ("We call upon States to connect every town by the end of 2030.", "2030-12-31"),
    ("We request the Secretary-General to give advice by the end of the eighty-first session.", "2027-09-14"),
    ("We will review this at the beginning of the eighty-third session of the General Assembly.", "2028-09-30"),
    ("We invite the Commission to report at its thirtieth session, in 2027.", "2027-12-31"),
    ("We will meet again in 2035.", "2035-12-31"),
])
def test_the_last_day_that_the_words_allow(said, due):
    one, = found(said)
    assert one.due_on is not None
    assert one.due_on.isoformat() == due
    assert one.due_text in said


@pytest.mark.parametrize("said", [
    "We reaffirm the 2030 Agenda.",
    "Internet use has risen from 15 per cent in 2005 to 74 per cent in 2025.",
    "We welcome the decisions adopted at the seventy-eighth session of the General Assembly.",
    "We request the Secretary-General to report by June 2021.",
    "We request the Secretary-General to report.",
    "", "2030", "by", "session"])
def test_no_promise_or_no_time(said):
    assert found(said) == []


def test_a_session_of_a_body_without_a_calendar_of_ours_has_no_date():
    one, = found("We request the Commission to take this up at its thirty-first session.")
    assert one.due_on is None
    assert one.who == "the Commission"


def test_a_list_item_has_its_verb_above_and_its_objective_in_the_heading():
    one, = found("Protect every coast by 2027;", kind="sub",
                 headings=("Global Digital Compact", "Objective 3. A safe space", "Trust"))
    assert one.objective == 3
    assert found("Protect every coast by 2027;", kind="operative") == []


@pytest.mark.parametrize(("language", "said", "due"), [
    ("fr", "Nous prions le Secrétaire général de présenter un rapport d’ici à juin 2027.", "2027-06-30"),
    ("es", "Solicitamos al Secretario General que informe a más tardar en junio de 2027.", "2027-06-30"),
    ("ru", "Просим Генерального секретаря представить доклад к 2027 году.", "2027-12-31"),
    ("ar", "نطلب إلى الأمين العام أن يقدم تقريرا بحلول عام 2027.", "2027-12-31"),
    ("zh", "请秘书长在2027年6月之前提交报告。", "2027-06-30"),
])
def test_in_six_languages(language, said, due):
    one, = found(said, language=language)
    assert one.due_on is not None
    assert one.due_on.isoformat() == due


@given(st.lists(st.text(max_size=80), max_size=4), st.sampled_from(["en", "fr", "es", "ru", "ar", "zh", "xx"]))
def test_any_text_is_read_and_spans_stay_inside(texts, language):
    text = [Paragraph(str(n), "", "", "operative", said) for n, said in enumerate(texts)]
    for one in time_bound(text, language=language, on=ON):
        said = text[int(one.paragraph)].text
        assert 0 <= one.start < one.end <= len(said)


@pytest.mark.real
def test_the_pact_asks_for_advice_on_local_authorities_by_a_named_session(real_data):
    from tribune.engine.text import read

    file = real_data / "un" / "resolutions" / "A_RES_79_1.pdf"
    pact = read(file.read_bytes(), name=file.name)
    promises = {one.paragraph: one for one in time_bound(pact.paragraphs, on=date(2024, 9, 22))}
    local = promises["83.e"]
    assert (local.who, local.due_on) == ("the Secretary-General", date(2025, 9, 14))
    assert local.due_text == "by the end of the seventy-ninth session"
    # The five objectives of the Compact that stands in its annex: each binds itself to 2030 somewhere, or asks.
    assert {one.objective for one in promises.values()} == {None, 1, 2, 3, 4, 5}
    assert promises["annex1.11"].due_on == date(2030, 12, 31)
