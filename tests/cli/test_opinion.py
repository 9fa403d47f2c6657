"""`tribune opinion`: the agreed keys, the tables, what is refused."""

import io
import json
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest
from tests.engine.opinion.crowds import crowd

from tribune.cli import main

KEYS = {"n_participants", "n_statements", "n_votes", "n_groups", "groups", "consensus", "divisive", "trust",
        "participants"}


@pytest.fixture(name="file")
def _file(tmp_path):
    path = tmp_path / "votes.csv"
    rows = [f"{n},x,{s},{p},{v}" for n, (p, s, v) in enumerate(crowd(120, 30, 2, seed=1)[0])]
    path.write_text("timestamp,datetime,comment-id,voter-id,vote\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def out(capsys, *args):
    assert main(["opinion", *map(str, args)]) == 0
    return capsys.readouterr()


@pytest.mark.parametrize("profile", ["tribune", "polis"])
def test_json_has_the_agreed_keys(file, capsys, profile):
    found = json.loads(out(capsys, file, "--profile", profile).out)
    assert found.keys() >= KEYS
    assert found["n_groups"] == len(found["groups"]) == 2
    assert found["groups"][0].keys() >= {"id", "size", "statements"}
    assert found["groups"][0]["statements"][0].keys() >= {"statement", "agree", "disagree", "pass",
                                                          "representativeness"}
    assert found["trust"].keys() >= {"silhouette", "chance_p", "stability", "flagged"}
    assert found["participants"][0].keys() >= {"participant", "group", "x", "y"}
    assert len(found["participants"]) == found["n_participants"] == 120


def test_same_input_same_bytes_in_whatever_order(file, tmp_path, capsys):
    first = out(capsys, file).out
    assert out(capsys, file).out == first
    head, *rows = file.read_text().splitlines()
    turned = tmp_path / "turned.csv"
    turned.write_text("\n".join([head, *reversed(rows)]))
    assert out(capsys, turned).out == first


def test_tables_go_to_parquet(file, tmp_path, capsys):
    whole = json.loads(out(capsys, file).out)
    found = json.loads(out(capsys, file, "--output", tmp_path / "out").out)
    assert "participants" not in found
    people = pq.read_table(found["tables"]["participants"]).to_pylist()
    assert [(row["participant"], row["group"]) for row in people] == [
        (row["participant"], row["group"]) for row in whole["participants"]]
    statements = pq.read_table(found["tables"]["statements"]).to_pylist()
    assert [row["agree"] for row in statements] == [row["agree"] for row in whole["statements"]]
    assert sum(row["group_0_agree"] for row in statements) == sum(v[0] for v in whole["groups"][0]["votes"])


def test_bad_rows_are_told_and_the_rest_is_kept(file, capsys):
    with file.open("a") as rows:
        rows.write("1,x,1,7,5\n")
    done = out(capsys, file)
    line = len(file.read_text().splitlines())
    assert done.err == f"{file}, line {line}: the vote is '5', not 1, 0 or -1; left out\n"
    assert json.loads(done.out)["read"]["bad_rows"] == 1
    assert main(["opinion", str(file), "--strict"]) == 1
    assert f"line {line}" in capsys.readouterr().err


def test_text_for_people_names_the_statements(file, tmp_path, capsys):
    texts = tmp_path / "comments.csv"
    texts.write_text("comment-id,comment-body,moderated\n" + "".join(
        f"{s},Sentence {s} \u202eturned,{-1 if s == 3 else 1}\n" for s in range(30)), encoding="utf-8")
    units = tmp_path / "units.csv"
    units.write_text("participant,unit\n" + "".join(f"{p},city {p % 3}\n" for p in range(120)))
    shown = out(capsys, file, "--statements", texts, "--units", units, "--format", "text").out
    assert "120 participants, 29 statements" in shown
    assert "2 groups." in shown
    assert "What divides:" in shown
    assert "How far to trust it:" in shown
    assert "Sentence " in shown
    assert "\u202e" not in shown
    assert "Sentence 3 " not in shown
    found = json.loads(out(capsys, file, "--units", units).out)
    assert len(found["trust"]["left_out"]) == 3


def test_few_voices_get_totals(tmp_path, capsys):
    path = tmp_path / "votes.csv"
    path.write_text("participant,statement,vote\n1,1,1\n2,1,-1\n")
    found = json.loads(out(capsys, path).out)
    assert found["n_groups"] == 0
    assert found["reason"]["code"] == "too_few_voices"
    assert found["statements"][0]["agree"] == 1


def test_votes_may_come_from_standard_input(file, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(file.read_bytes())))
    assert json.loads(out(capsys, "-").out)["n_participants"] == 120


@pytest.mark.parametrize("args", [("missing.csv",), ("-", "--statements", "-"), (__file__,)])
def test_refused_with_one_line(args, capsys):
    assert main(["opinion", *args]) == 1
    done = capsys.readouterr()
    assert done.out == ""
    assert done.err.startswith("tribune opinion: ")
    assert done.err.count("\n") == 1


def test_no_readable_vote_is_refused(tmp_path, capsys):
    path = tmp_path / "votes.csv"
    path.write_text("participant,statement,vote\n1,1,9\n")
    assert main(["opinion", str(path)]) == 1
    assert "no vote" in capsys.readouterr().err


@pytest.mark.real
def test_a_real_conversation(real_data, capsys):
    folder = real_data / "polis" / "scoop-hivemind.biodiversity"
    found = json.loads(out(capsys, folder / "votes.csv", "--statements", folder / "comments.csv").out)
    assert found["n_groups"] == 2
    assert found["trust"]["stability"] > 0.7
    assert found["statements"][0]["text"]
