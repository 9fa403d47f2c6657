"""`tribune compare`: pairs, counts and the redline of two files."""

import io
import json
from types import SimpleNamespace

import pytest

from tribune.cli import main

OLD = """1. Decides that national plans shall be prepared together with local authorities.

2. Requests the secretariat to publish the budget of the harbour every year.

3. Notes the report of the lighthouse keeper on the winter storms.
"""
NEW = """1. Decides that national plans may be prepared together with local authorities, as appropriate.

2. Welcomes the new ferry between the two islands of the bay.

3. Requests the secretariat to publish the budget of the harbour every year.
"""


@pytest.fixture(name="files")
def _files(tmp_path):
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    return str(old), str(new)


def test_json_has_the_agreed_keys(files, capsys):
    assert main(["compare", *files, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["pairs", "summary", "numbered"]
    assert list(found["summary"]) == ["kept", "edited", "moved", "split", "merged", "dropped", "added", "mentions"]
    assert list(found["summary"]["mentions"]) == ["added", "kept", "weakened", "deleted"]
    assert [(p["old"], p["new"], p["verdict"]) for p in found["pairs"]] == [
        (["1"], ["1"], "edited"), ([], ["2"], "added"), (["2"], ["3"], "kept"), (["3"], [], "dropped")]
    assert found["pairs"][0]["reasons"] == ["shall → may", "“as appropriate” added"]
    assert found["pairs"][0]["redline"][1:3] == [["-", "shall "], ["+", "may "]]
    assert found["summary"]["mentions"] == {"added": 0, "kept": 0, "weakened": 1, "deleted": 0}
    assert found["numbered"] == {"old": 3, "new": 3, "kept": 1}


def test_same_input_same_bytes(files, capsys):
    main(["compare", *files])
    first = capsys.readouterr().out
    main(["compare", *files])
    assert capsys.readouterr().out == first


def test_text_for_people(files, capsys):
    assert main(["compare", *files, "--format", "text"]) == 0
    shown = capsys.readouterr().out
    assert "Pairs of paragraphs: 1 kept, 1 edited, 0 moved, 0 split, 0 merged, 1 dropped, 1 added." in shown
    assert "Numbered paragraphs: 3 before, 3 after, 1 kept." in shown
    assert "national plans [-shall -]{+may +}be prepared" in shown
    assert "1 → 1  edited; wording 0." in shown
    assert "mention weakened; shall → may" in shown
    assert "budget of the harbour" not in shown


def test_one_side_may_come_from_standard_input(files, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(OLD.encode())))
    assert main(["compare", "-", files[1], "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["summary"]["kept"] == 1


@pytest.mark.parametrize("args", [("-", "-"), ("missing.txt", "missing.txt")])
def test_refused_with_one_line(args, capsys):
    assert main(["compare", *args]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("tribune compare: ")
    assert err.count("\n") == 1


@pytest.mark.real
@pytest.mark.parametrize(("old", "new", "numbered"), [
    ("A_80_L.41", "A_RES_80_173", {"old": 127, "new": 127, "kept": 127}),
    ("A_C.2_80_L.58", "A_RES_80_118", {"old": 74, "new": 74, "kept": 74}),
])
def test_real_texts_adopted_without_a_change_of_wording(real_data, capsys, old, new, numbered):
    folder = real_data / "un" / "resolutions"
    assert main(["compare", str(folder / f"{old}.pdf"), str(folder / f"{new}.pdf"), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["numbered"] == numbered
