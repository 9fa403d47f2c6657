"""What every reader of votes gives and reports."""

from __future__ import annotations

from dataclasses import dataclass

from tribune.engine.types import Unreadable

from ._votes import Votes

# Bad rows are counted all, and told one by one up to this many.
MOST_TOLD = 1000
PEOPLE = ("participant", "voter-id", "voter_id", "participant_id", "participant-id")
STATEMENTS = ("statement", "comment-id", "comment_id", "statement_id", "statement-id")


@dataclass(frozen=True, slots=True)
class BadVote:
    """A row that was left out: its line (from 1, the heading is line 1) and why, as a code and in words."""

    line: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Votes of a file; `bad` rows (the first thousand of `n_bad`), and how many votes a later one replaced."""

    votes: Votes
    bad: tuple[BadVote, ...]
    n_bad: int
    n_replaced: int
    notices: tuple[str, ...] = ()


class Complaints:
    """Bad rows as they are met; with `strict` the first ends the reading."""

    def __init__(self, name: str, strict: bool) -> None:
        self.name, self.strict = name, strict
        self.told: list[BadVote] = []
        self.n = 0

    def add(self, line: int, code: str, message: str) -> None:
        """Note one bad row, or refuse the file."""
        if self.strict:
            raise Unreadable("bad_row", f"{self.name}, line {line}: {message}.",
                             "Correct it, or leave out --strict to skip such rows.")
        self.n += 1
        if self.n <= MOST_TOLD:
            self.told.append(BadVote(line, code, message))
