"""Was this ask taken up, where, how literally? Asks against a text, with evidence; and promises with a time."""

from ._asks import BadRow, Row, read_asks, read_rows
from ._direction import change_direction
from ._judge import judge, judge_rows
from ._library import Library
from ._time_bound import Promise, time_bound

__all__ = [
    "BadRow",
    "Library",
    "Promise",
    "Row",
    "change_direction",
    "judge",
    "judge_rows",
    "read_asks",
    "read_rows",
    "time_bound",
]
