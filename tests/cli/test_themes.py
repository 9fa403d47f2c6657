"""`tribune themes`: the shape that others rely on, bad rows by line, old encodings."""

import csv
import io
import json

import pytest

from tribune.cli import main

SAID = ["More buses at night, please.", "We need a night bus.", "Buses should run later at night.",
        "Plant trees along the river.", "More trees by the river bank.", "The river bank needs trees."]


def table(rows, head=("id", "text", "lang")):
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(data):
        path = tmp_path / "said.csv"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return str(path)

    return write


def test_json_has_the_promised_shape(file, capsys):
    rows = [[n, text, "en"] for n, text in enumerate(SAID)]
    assert main(["themes", file(table(rows))]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"themes", "unassigned"}
    assert [set(theme) for theme in found["themes"]] == [{"id", "label", "size", "quotes", "members"}] * 2
    for theme in found["themes"]:
        for quote in theme["quotes"]:
            assert SAID[int(quote["id"])][quote["start"] : quote["end"]]


def test_same_bytes_whatever_the_order(file, capsys):
    rows = [[n, text, "en"] for n, text in enumerate(SAID)]
    main(["themes", file(table(rows))])
    first = capsys.readouterr().out
    main(["themes", file(table(rows[::-1]))])
    assert capsys.readouterr().out == first


def test_bad_rows_are_named_by_line_and_kill_nothing(file, capsys):
    rows = [[n, text, "en"] for n, text in enumerate(SAID)]
    text = table([*rows, [0, "again", "en"], ["", "no id", "en"], [9, "  ", "en"]]) + "only\n"
    assert main(["themes", file(text)]) == 0
    caught = capsys.readouterr()
    assert len(json.loads(caught.out)["themes"]) == 2
    for line in (8, 9, 10, 11):
        assert f"line {line}: " in caught.err
    assert main(["themes", "--strict", file(text)]) == 1
    assert "line 8: the id '0' stands in an earlier row (and 3 more)" in capsys.readouterr().err


def test_old_encodings_are_read_and_said(file, capsys):
    said = ["Des pistes cyclables près de l’école.", "Élargir les pistes cyclables.",
            "Les pistes cyclables à l’école sont étroites."]
    rows = [[n, text, "fr"] for n, text in enumerate(said)]
    assert main(["themes", file(table(rows).encode("cp1252")), "--format", "text"]) == 0
    caught = capsys.readouterr()
    assert "Windows-1252" in caught.err
    assert "école" in caught.out


@pytest.mark.parametrize(("data", "words"), [(b"", "empty"), (b"id,words\n1,a\n", "lacks text")])
def test_a_table_that_is_none_is_refused_in_one_line(file, capsys, data, words):
    assert main(["themes", file(data)]) == 1
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1


def test_a_missing_file_is_refused(capsys):
    assert main(["themes", "nowhere.csv"]) == 1
    assert "nowhere.csv" in capsys.readouterr().err
