"""Was this ask taken up, where, how literally? Asks against a text, with evidence."""

from ._asks import BadRow, Row, read_asks, read_rows
from ._direction import change_direction
from ._judge import judge, judge_rows

__all__ = ["BadRow", "Row", "change_direction", "judge", "judge_rows", "read_asks", "read_rows"]
