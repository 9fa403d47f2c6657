"""A draft adopted without a change of wording: whatever it says was there already."""

from pathlib import Path

import pytest

from tribune.engine.text import read
from tribune.engine.types import Ask
from tribune.engine.uptake import judge


@pytest.mark.real
def test_a_text_adopted_as_it_stood_credits_no_ask(real_data: Path):
    folder = real_data / "un" / "resolutions"
    old, new = (read((folder / name).read_bytes(), name=name) for name in ("A_80_L.41.pdf", "A_RES_80_173.pdf"))
    body = [p for p in new.paragraphs if p.kind in ("operative", "sub", "preamble") and len(p.text) > 60]
    whole = [Ask(f"w{p.id}", "ADD", new=p.text) for p in body]
    parts = [Ask(f"p{p.id}", "ADD", new=" ".join(p.text.split()[3:12])) for p in body]
    found = judge([*whole, *parts], new.paragraphs, old=old.paragraphs, language=new.language)
    taken = [j for j in found if j.verdict in ("verbatim", "substance", "partly")]
    assert len(taken) > 200
    assert [j.ask for j in taken if not j.already_there] == []
