"""Pages to print and pictures of them, set by typst in a child process: words go in as data, never as source."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from tribune.common.refusals import Refusal

__all__ = ["NoFace", "NotSet", "has_chinese", "set_page"]

log = logging.getLogger("tribune.typeset")
_SECONDS = 60
_BEGINS = {"pdf": b"%PDF-", "png": b"\x89PNG"}


# The exit code of the child where no font has the characters (child.NO_FACE).
_NO_FACE = 4


class NotSet(Refusal):
    status = 503
    words = _("The page could not be set. Try again in a minute.")


class NoFace(NotSet):
    words = _("This server has no font with Chinese characters, so the page would be empty boxes. Whoever runs it can "
              "install one; other files say the same meanwhile.")


def set_page(root: Path, template: str, data: Mapping[str, Any], *, format: str = "pdf") -> bytes:
    """Return a tagged PDF/UA-1, or a PNG of its first page, from a template in `root`; same bytes for same data.

    Raises NotSet; NoFace where the words are Chinese and no font of this machine has them.
    """
    asked = json.dumps({"template": template, "root": str(root), "format": format, "data": data}).encode()
    try:
        done = subprocess.run([sys.executable, "-I", str(Path(__file__).with_name("child.py"))], input=asked,
                              capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise NotSet from error
    if done.returncode == _NO_FACE:
        raise NoFace
    if done.returncode or not done.stdout.startswith(_BEGINS[format]):
        log.error("setting %s failed: %s", template, done.stderr.decode(errors="replace")[-2000:])
        raise NotSet
    return done.stdout


def has_chinese() -> bool:
    """Whether pages in Chinese can be set on this machine."""
    return subprocess.run([sys.executable, "-I", str(Path(__file__).with_name("child.py")), "--chinese"],
                          capture_output=True, timeout=_SECONDS, check=False).returncode == 0
