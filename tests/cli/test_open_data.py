"""`tribune open-data DIR`: what everybody may see, once it is closed, and nothing else."""

import json

import pytest
from tests.factories import NOW, make_consultation, make_officer, make_statement, make_version

from tribune.cli.open_data import write
from tribune.listen import actions

pytestmark = pytest.mark.django_db


def _closed(text, **version):
    consultation = make_consultation(make_version(**version))
    officer = make_officer(consultation.organisation)
    make_statement(consultation, text, by=officer)
    return actions.close_consultation(consultation=consultation, by=officer, at=NOW)


def test_closed_and_public_ones_are_written_and_nothing_else(tmp_path):
    there = _closed("Everybody may read this sentence.")
    _closed("A quillfeather for members.", distribution="members")
    open_one = make_consultation(make_version())
    make_statement(open_one, "Still open, this one.", by=make_officer(open_one.organisation))
    assert write(tmp_path) == 1
    index = json.loads((tmp_path / "index.json").read_text())
    assert [row["slug"] for row in index["consultations"]] == [there.slug]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert all(b"quillfeather" not in path.read_bytes() and b"Still open" not in path.read_bytes() for path in files)
    assert (tmp_path / index["consultations"][0]["files"][0]).exists()
    before = {path: path.read_bytes() for path in files if path.suffix != ".xlsx"}
    write(tmp_path)
    assert {path: path.read_bytes() for path in before} == before
