"""The joint submission on A4: tagged, PDF/UA-1, through typst."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from tribune.common.typeset import set_page

from ._akn import apart, note_line, signer_line
from ._content import Content

_TEMPLATES = Path(__file__).resolve().parent.parent / "typeset"


def typeset(template: str, data: dict[str, Any]) -> bytes:
    """Return a tagged PDF/UA-1 from a template of `typeset/` and its data; the same bytes for the same data.

    Raises common.typeset.NotSet.
    """
    return set_page(_TEMPLATES, template, data)


def pdf(found: Content) -> bytes:
    """Return the submission as a tagged A4 PDF with footnotes."""
    data = {**asdict(found), "rtl": found.rtl}
    for section, plain in zip(found.sections, data["sections"], strict=True):
        for said, row in zip(section.sentences, plain["sentences"], strict=True):
            row["notes"] = [{"line": note_line(found, note), "address": note.address, "against": note.against}
                            for note in said.notes]
            row["counts"] = said.support + (
                "; " + found.words["otherwise"] % {"who": said.opposition} if said.opposition else "")
    data["by"] = found.words["submitted_by"] % {"who": apart(found, found.entitled or found.words["unnamed"])}
    data["when"] = found.words["on"] % {"day": apart(found, found.on)} if found.on else found.status
    if found.words["translated"]:
        data["when"] += " · " + apart(found, found.words["translated"])
    data["groups"] = _groups(found)
    return typeset("submission.typ", data)


def _groups(found: Content) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = []
    for signer in found.signers:
        title = found.words["mandated" if signer.mandated else "not_mandated"]
        if not groups or groups[-1]["title"] != title:
            groups.append({"title": title, "regions": []})
        regions = groups[-1]["regions"]
        if not regions or regions[-1]["title"] != signer.region:
            regions.append({"title": signer.region, "lines": []})
        regions[-1]["lines"].append(signer_line(found, signer))
    return groups
