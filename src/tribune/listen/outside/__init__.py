"""Answers from outside as bytes: mails, Word files, tables, annotations. Runs in a child process, knows no database.

Each reader gives plain values: {"sender", "sender_name", "subject", "sent_at", "warnings", "items"}; an item has the
keys of `Found`.
"""

from ._found import Found
from ._read import read_answers

__all__ = ["Found", "read_answers"]
