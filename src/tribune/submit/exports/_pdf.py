"""The joint submission on A4: tagged, PDF/UA-1, through typst."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from tribune.common.refusals import Refusal

from ._akn import note_line, signer_line
from ._content import Content

log = logging.getLogger("tribune.submit")
_TYPESET = Path(__file__).resolve().parent.parent / "typeset"
_SECONDS = 60


class NotSet(Refusal):
    status = 503
    words = _("The PDF could not be set. The Word file says the same; try the PDF again in a minute.")


def typeset(template: str, data: dict[str, Any]) -> bytes:
    """Return a tagged PDF/UA-1 from a template of `typeset/` and its data; the same bytes for the same data.

    The page is set by a child process: the typesetter's threads hang in a server that has forked. Raises NotSet.
    """
    asked = json.dumps({"template": template, "root": str(_TYPESET), "data": data}).encode()
    try:
        done = subprocess.run([sys.executable, "-I", str(_TYPESET / "set_page.py")], input=asked, capture_output=True,
                              timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise NotSet from error
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        log.error("setting %s failed: %s", template, done.stderr.decode(errors="replace")[-2000:])
        raise NotSet
    return done.stdout


def pdf(found: Content) -> bytes:
    """Return the submission as a tagged A4 PDF with footnotes."""
    data = {**asdict(found), "rtl": found.rtl}
    for section, plain in zip(found.sections, data["sections"], strict=True):
        for said, row in zip(section.sentences, plain["sentences"], strict=True):
            row["notes"] = [{"line": note_line(found, note), "address": note.address, "against": note.against}
                            for note in said.notes]
            row["counts"] = said.support + (
                "; " + found.words["otherwise"] % {"who": said.opposition} if said.opposition else "")
    data["by"] = found.words["submitted_by"] % {"who": found.entitled or found.words["unnamed"]}
    data["when"] = found.words["on"] % {"day": found.on} if found.on else found.status
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
