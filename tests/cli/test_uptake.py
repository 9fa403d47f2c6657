"""`tribune uptake`: one JSON object a line, in the order of the asks."""

import json

import pytest

from tribune.cli import main

HEAD = "id,kind,target,old,new,text\n"
KEYS = ["ask", "verdict", "direction", "confidence", "already_there", "reasons", "evidence"]
TEXT = "1. Calls upon States to consult local governments on roads;\n\n2. Decides to meet again in 2030.\n"
OLD = "1. Calls upon States to consult experts on roads;\n\n2. Decides to meet again in 2030.\n"


@pytest.fixture(name="files")
def _files(tmp_path):
    def write(**contents):
        paths = []
        for name, content in contents.items():
            path = tmp_path / name.replace("_", ".")
            path.write_text(content, encoding="utf-8")
            paths.append(str(path))
        return paths

    return write


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_ask_has_one_line_with_the_agreed_keys(files, capsys):
    asks, text = files(asks_csv=HEAD + "b,ADD,,,consult local governments,\na,ADD,,,build seaports,\n", text_txt=TEXT)
    assert main(["uptake", asks, text]) == 0
    found = lines(capsys)
    assert [f["ask"] for f in found] == ["b", "a"]
    assert [f["verdict"] for f in found] == ["verbatim", "none"]
    assert all(list(f) == KEYS for f in found)
    evidence = found[0]["evidence"][0]
    assert list(evidence) == ["in", "paragraph", "score", "spans"]
    assert (evidence["in"], evidence["paragraph"], evidence["spans"]) == ("text", "1", [[21, 46]])
    assert list(found[0]["reasons"][0]) == ["code", "message"]


def test_with_an_older_text_only_what_came_is_credited(files, capsys):
    asks, text, old = files(
        asks_csv=HEAD + "n,ADD,,,consult local governments,\no,ADD,,,decides to meet again,\n",
        text_txt=TEXT,
        old_txt=OLD,
    )
    assert main(["uptake", asks, text, "--old", old]) == 0
    assert [(f["verdict"], f["already_there"]) for f in lines(capsys)] == [("verbatim", False), ("verbatim", True)]


def test_bad_rows_are_named_on_stderr_and_the_others_judged(files, capsys):
    asks, text = files(asks_csv=HEAD + "a,WISH,,,x,\nb,ADD,,,roads,\n", text_txt=TEXT)
    assert main(["uptake", asks, text]) == 0
    out, err = capsys.readouterr()
    assert [json.loads(line)["ask"] for line in out.splitlines()] == ["b"]
    assert "line 2" in err
    assert "WISH" in err


def test_strict_refuses_a_file_with_a_bad_row(files, capsys):
    asks, text = files(asks_csv=HEAD + "a,WISH,,,x,\nb,ADD,,,roads,\n", text_txt=TEXT)
    assert main(["uptake", asks, text, "--strict"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "line 2" in err


@pytest.mark.parametrize("content", ["", "id,kind,old\na,ADD,x\n"])
def test_a_table_without_its_columns_is_refused_in_one_line(files, capsys, content):
    asks, text = files(asks_csv=content, text_txt=TEXT)
    assert main(["uptake", asks, text]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)


def test_a_missing_file_is_refused(files, capsys):
    (text,) = files(text_txt=TEXT)
    assert main(["uptake", text + ".none", text]) == 1
    assert "none" in capsys.readouterr().err


def test_a_table_that_is_not_utf8_is_refused(files, tmp_path, capsys):
    (text,) = files(text_txt=TEXT)
    (tmp_path / "asks.csv").write_bytes(HEAD.encode() + b"a,ADD,,,caf\xe9,\n")
    assert main(["uptake", str(tmp_path / "asks.csv"), text]) == 1
    assert "UTF-8" in capsys.readouterr().err


def test_a_text_may_be_a_table_and_top_limits_the_evidence(files, capsys):
    asks, text = files(
        asks_csv=HEAD + "a,CHANGE,,may act,shall act,\n",
        rows_csv="id,text,old\nr1,Each shall act.,Each may act.\nr2,Each shall sit.,Each may sit.\n",
    )
    assert main(["uptake", asks, text, "--top", "1"]) == 0
    (found,) = lines(capsys)
    assert [e["paragraph"] for e in found["evidence"]] == ["r1"]


def test_a_table_and_an_older_text_do_not_mix(files, capsys):
    asks, rows, old = files(asks_csv=HEAD, rows_csv="id,text\nr,x\n", old_txt=OLD)
    assert main(["uptake", asks, rows, "--old", old]) == 1
    assert "--old" in capsys.readouterr().err


def test_previous_output_makes_removed(files, capsys):
    asks, text, gone = files(asks_csv=HEAD + "a,ADD,,,consult local governments,\n", text_txt=TEXT, gone_txt=OLD)
    assert main(["uptake", asks, text]) == 0
    (before,) = files(before_jsonl=capsys.readouterr().out)
    assert main(["uptake", asks, gone, "--previous", before]) == 0
    assert lines(capsys)[0]["verdict"] == "removed"


def test_text_for_people_quotes_the_words(files, capsys):
    asks, text = files(asks_csv=HEAD + "a,ADD,,,consult local governments,\n", text_txt=TEXT)
    assert main(["uptake", asks, text, "--format", "text"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("a  ADD  verbatim")
    assert "text 1: consult local governments" in out


def test_the_same_input_gives_the_same_bytes(files, capsys):
    asks, text = files(asks_csv=HEAD + "a,ADD,,,,towns should be heard on roads\n", text_txt=TEXT)
    outputs = []
    for _ in range(2):
        main(["uptake", asks, text])
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]
