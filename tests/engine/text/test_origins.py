"""Where a resolution says it came from: facts, and all texts of the library."""

import gzip
import json

import pytest

from tribune.engine.text import came_from, read


@pytest.mark.parametrize(("line", "symbols"), [
    ("[on the report of the Third Committee (A/79/458, para. 60)]", ("A/79/458",)),
    ("[without reference to a Main Committee (A/78/L.49)]", ("A/78/L.49",)),
    ("[sans renvoi à une grande commission (A/80/L.41 et A/80/L.41/Add.1)]", ("A/80/L.41", "A/80/L.41/Add.1")),
    ("[A/80/L.41]", ()), ("Recalling its resolution (A/80/1)", ()),
])
def test_the_line_in_brackets(line, symbols):
    assert came_from(["United Nations", line, "The General Assembly,"]) == symbols


@pytest.mark.real
def test_the_resolution_on_technologies_names_its_draft(real_data):
    found = read((real_data / "un/resolutions/A_RES_80_173.pdf").read_bytes(), name="a.pdf")
    assert came_from(item.text for item in found.paragraphs) == ("A/80/L.41",)


@pytest.mark.real
def test_all_resolutions_of_the_library_name_where_they_came_from(real_data):
    named = total = 0
    with gzip.open(real_data / "un/ga-fulltext-1202.jsonl.gz") as lines:
        for line in lines:
            row = json.loads(line)
            if not row["symbol"].startswith("A/RES/"):
                continue
            total += 1
            text = " ".join(row["text"][:4000].split())
            front = [text[text.index("["):]] if "[" in text else []
            named += bool(came_from(front))
    assert total > 800
    assert named == total
