"""Write the public data of this instance into a folder: one folder for each closed consultation, and an index.

Only what everybody may see is in it, as the pages show it: counts and moderated statements, no row of a single voice.
A consultation on a text for members, or that has not closed, is not there. Running it again writes the same bytes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from tribune.engine.types import Unreadable

from ._django import set_up

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `tribune open-data`."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="an empty folder, or one that this command wrote")


def run(options: argparse.Namespace) -> int:
    """Write the files; refuse a folder that holds something else."""
    folder: Path = options.folder
    try:
        if folder.exists() and any(folder.iterdir()) and not (folder / "index.json").exists():
            raise Unreadable("not_empty", f"{folder} holds other files.", "Name an empty folder.")
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unreadable("no_folder", f"{folder}: {error.strerror}.", "Name another folder.") from None
    set_up()
    print(f"{write(folder)} consultations")
    return 0


def write(folder: Path) -> int:
    """Write all into a folder; return how many consultations there are. Wants Django to be set up."""
    from tribune.listen.exchange.shown_out import FORMS, LICENCE, file_of, is_open_data
    from tribune.listen.queries import consultations_for
    from tribune.people.rules import Viewer

    index = []
    for consultation in consultations_for(Viewer()).order_by("slug"):
        if not is_open_data(consultation):
            continue
        place = folder / "consultations" / consultation.slug
        place.mkdir(parents=True, exist_ok=True)
        for name in FORMS:
            made = file_of(consultation, name)
            (place / name).write_bytes(made if isinstance(made, bytes) else "".join(made).encode())
        index.append({"id": consultation.public_id, "slug": consultation.slug, "name": str(consultation),
                      "files": [f"consultations/{consultation.slug}/{name}" for name in FORMS]})
    (folder / "index.json").write_text(
        json.dumps({"licence": LICENCE, "consultations": index}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return len(index)
