"""Processes and their dates as one CSV table: written, read, compared with what is here before it is saved."""

from ._plan import Plan, PlannedRow, plan_of
from ._read import Problem, Record, read_table, record_of, text_of
from ._write import COLUMNS, safe, write_table

__all__ = ["COLUMNS", "Plan", "PlannedRow", "Problem", "Record", "plan_of", "read_table",
           "record_of", "safe", "text_of", "write_table"]
