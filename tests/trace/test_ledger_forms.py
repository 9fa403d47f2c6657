"""One query behind page, CSV, XLSX and JSON; filters, histories, what a reason says."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook
from tests.factories import NOW, make_ask, make_city, make_position, make_verdict, make_version
from tests.trace.conftest import REVISED, ZERO

from tribune.common import chain
from tribune.engine import uptake
from tribune.people.rules import Viewer
from tribune.trace import actions, queries
from tribune.trace.queries import Chosen, history
from tribune.trace.reasons import SENTENCES, told
from tribune.trace.rules import LEDGER


@pytest.fixture
def full(story):
    """Four asks through three versions: one comes and stays, one weakens, one drops, one is kept."""
    actions.open_ledger(process=story.process, by=story.officer, at=NOW)
    story.versions = [make_version(texts, draft=story.draft) for texts in (REVISED, REVISED, ZERO)]
    at = story.zero.passages.get(path="1")
    other = make_position(story.consultation, city=make_city(name="Hill Town"), act="COMMENT", why="Schools first.")
    weak = make_ask(story.process, passage=at, new="=schools for all", name="Weak", contributions=[other])
    drop = make_ask(story.process, passage=at, new="fibre", name="Drop")
    keep = make_ask(story.process, passage=at, kind="KEEP", new="", old="services for all", name="Keep")
    story.asks = [story.ask, weak, drop, keep]
    words = {story.ask: ("none", "substance", "verbatim"), weak: ("verbatim", "partly", "partly"),
             drop: ("partly", "partly", "removed"), keep: ("kept", "kept", "kept")}
    for ask, row in words.items():
        for version, word in zip(story.versions, row, strict=True):
            make_verdict(ask, version, word, signed=word)
    return story


def test_histories_say_appeared_survives_weakened_dropped(full):
    view = queries.ledger(Viewer(), full.process)
    assert [(row.history.code, row.history.n_versions) for row in view.rows] == [
        ("survives", 2), ("weakened", 3), ("dropped", 2), ("survives", 3)]
    assert [row.history.since for row in view.rows] == [full.versions[1], *[full.versions[0]] * 3]
    assert (view.rows[1].history.at, view.rows[2].history.at) == (full.versions[1], full.versions[2])
    assert (view.n_kept, view.n_keep) == (1, 1)


def test_a_history_does_not_depend_on_the_order_it_is_read_in(full):
    verdicts = queries.verdicts_of(Viewer(), full.asks[2])
    assert history("ADD", verdicts) == history("ADD", verdicts[::-1])
    assert history("ADD", []).code == ""
    assert history("ADD", [one for one in verdicts if one.signed == "removed"]).code == "nowhere"
    assert history("KEEP", [one for one in verdicts if one.signed == "removed"]).code == "dropped"


def test_rows_are_chosen_by_city_kind_word_history_and_words(full):
    def names(**fields):
        return [row.ask.name for row in queries.ledger(Viewer(), full.process, Chosen(**fields)).rows]

    assert names(city=full.city) == ["Together with local authorities"]
    assert names(kind="KEEP") == ["Keep"]
    assert names(word="partly") == ["Weak"]
    assert names(word="waiting") == []
    assert names(history="dropped") == ["Drop"]
    assert names(words="school") == ["Weak"]
    assert names(words="no such word") == []
    assert queries.ledger(Viewer(), full.process, Chosen(kind="KEEP")).counts == {"kept": 1}


@pytest.mark.parametrize("query", ["", "?kind=ADD", "?history=weakened", "?words=services"])
def test_page_csv_xlsx_and_json_bear_the_same_numbers(client, full, query):
    def get(name):
        return client.get(reverse(f"trace:{name}", args=[full.process.slug]) + query)

    data = json.loads(get("ledger_json").content)
    lines = list(csv.DictReader(io.StringIO(get("ledger_csv").content.decode().lstrip("\ufeff"))))
    book = load_workbook(io.BytesIO(get("ledger_xlsx").content))
    rows = list(book["Ledger"].iter_rows(values_only=True))
    from_book = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    flat = [(ask["number"], cell["version"], cell["verdict"], cell["paragraph"], ask["history"])
            for ask in data["asks"] for cell in ask["verdicts"]]
    assert flat
    assert [(int(one["number"]), one["version"], one["verdict"], one["paragraph"], one["history"])
            for one in lines] == flat
    assert [(one["number"], one["version"], one["verdict"] or "", one["paragraph"] or "", one["history"])
            for one in from_book] == flat
    page = get("ledger").content.decode()
    shown = re.findall(r'<tr id="ask-(\d+)".*?</tr>', page, re.S)
    assert [int(number) for number in shown] == [ask["number"] for ask in data["asks"]]
    for ask in data["asks"]:
        row = re.search(rf'<tr id="ask-{ask["number"]}".*?</tr>', page, re.S).group()
        assert re.findall(r'class="verdict (\w+)', row) == [cell["verdict"] for cell in ask["verdicts"]]
        assert f'data-history="{ask["history"]}"' in row
    for word, n in data["latest"]["counts"].items():
        assert f"{n} {'in substance' if word == 'substance' else word}" in page
    about = dict(book["About"].iter_rows(values_only=True))
    assert {f"newest version: {word}": n for word, n in data["latest"]["counts"].items()}.items() <= about.items()
    head = chain.head(LEDGER)
    assert head in page
    assert data["ledger_head"] == about["ledger_head"] == head
    assert {one["ledger_head"] for one in lines} == {one["ledger_head"] for one in from_book} == {head}
    assert "Appearance is not proof of influence" in page
    assert "Appearance is not proof of influence" in about["note"]


def test_a_workbook_runs_no_formula_and_is_the_same_twice(client, full):
    address = reverse("trace:ledger_xlsx", args=[full.process.slug])
    make_ask(full.process, passage=full.zero.passages.get(path="1"), name="=1+1")
    for cells in load_workbook(io.BytesIO(client.get(address).content))["Ledger"].iter_rows():
        assert all(cell.data_type != "f" for cell in cells)


def test_a_closed_ledger_gives_no_line_in_any_form(client, full):
    actions.close_ledger(process=full.process, by=full.officer, at=NOW)
    for name in ("ledger_csv", "ledger_json", "ledger_xlsx", "ledger"):
        body = client.get(reverse(f"trace:{name}", args=[full.process.slug])).content
        assert b"Weak" not in body
    book = load_workbook(io.BytesIO(client.get(reverse("trace:ledger_xlsx", args=[full.process.slug])).content))
    assert book["Ledger"].max_row == 1


def test_each_code_of_the_engine_has_a_sentence_that_can_be_translated():
    codes = set()
    lists = ("_force_words.py", "_turning_words.py", "_bound_words.py")
    for path in Path(uptake.__file__).parent.glob("*.py"):
        if path.name in lists:
            continue
        text = path.read_text(encoding="utf-8")
        codes |= set(re.findall(r'\(\s*"([a-z_]+)",\s*f?"[^"]*[ {]', text))
        codes |= {f"change_{one}" for one in ("strengthened", "weakened")}
    codes -= {"level", "hedge", "partly", "none", "missing_columns", "empty_table", "bad_table"}
    assert codes - set(SENTENCES) == set()


def test_reasons_are_sentences_with_the_words_that_show_them():
    said = told([{"code": "weaker", "message": "weaker than asked: shall → may"},
                 {"code": "hedged", "message": "qualified by “as appropriate”"},
                 {"code": "verbatim_words", "message": "the asked words stand in 4"},
                 {"code": "unheard_of", "message": "something new"}])
    assert [(str(sentence), words) for sentence, words in said] == [
        ("Weaker than asked.", "shall → may"), ("It is qualified.", "as appropriate"),
        ("The asked words stand there.", ""), ("something new", "")]
    with translation.override("fr"):
        assert len(told([{"code": "weaker", "message": ""}])) == 1
