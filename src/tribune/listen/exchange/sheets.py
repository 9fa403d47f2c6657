"""The first sheet of a workbook as CSV; runs in a child process."""

from __future__ import annotations

import csv
import io
from typing import Any

from tribune.engine.types import Unreadable

__all__ = ["as_csv"]

_MOST_ROWS = 100_000
_MOST_COLUMNS = 50


def as_csv(data: bytes, options: dict[str, Any]) -> str:
    """Return the rows of the first sheet. Raises Unreadable for what is no workbook."""
    del options
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
    except Exception as error:  # whatever the library meets in somebody else's bytes
        raise Unreadable("no_table", "This is no workbook.", "Save it as .xlsx or .csv.") from error
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True):
        writer.writerow(["" if cell is None else str(cell) for cell in row])
    return out.getvalue()
