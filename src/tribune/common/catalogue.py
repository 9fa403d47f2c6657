"""Interface words: catalogues are written as .po files and compiled when they have changed.

No compiler of gettext is needed on the machine; what is compiled lies in the data folder, named by the
content of the sources, so that two processes that start at once write the same files.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

import polib


def compiled(source: Path, target: Path) -> Path:
    """Return the folder under `target` that holds the compiled catalogues of `source`; make it if needed."""
    catalogues = sorted(source.glob("*/LC_MESSAGES/django.po"))
    digest = hashlib.sha256()
    for catalogue in catalogues:
        digest.update(catalogue.parent.parent.name.encode())
        digest.update(catalogue.read_bytes())
    folder = target / digest.hexdigest()[:16]
    for catalogue in catalogues:
        path = folder / catalogue.relative_to(source).with_suffix(".mo")
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        os.close(handle)
        polib.pofile(str(catalogue)).save_as_mofile(name)
        os.replace(name, path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
