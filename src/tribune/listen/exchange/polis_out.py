"""A conversation as Polis exports it: five tables, row by row, from our statements and votes and what was carried.

Of a conversation that was imported every cell of what came in goes out again, as long as nothing was erased. Votes
cast here bear no time; their voters get random numbers in each export, in a random order, and only after closing.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import secrets
import tempfile
import zipfile
from array import array
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from ..choices import ConsultationState, Origin, StatementState, VoiceOrigin
from ..models import Consultation, ImportedVotes, MapSnapshot, Statement, Voice, Vote
from .carried import Carried
from .polis_in import COMMENTS, GROUPS, HISTORY, MATRIX, SUMMARY, VOTES

__all__ = ["FILES", "uid_of", "write_polis"]

FILES = (SUMMARY, COMMENTS, VOTES, MATRIX, GROUPS, HISTORY)
_HEADS = {
    COMMENTS: ["timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"],
    VOTES: ["timestamp", "datetime", "comment-id", "voter-id", "vote"],
    MATRIX: ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"],
}
_CHUNK = 5000


def uid_of(key: str, voter: str) -> str:
    """Return the id of an imported voice: the same for the same voter of one import, known to nobody else."""
    return hmac.new(key.encode(), voter.encode(), hashlib.sha256).hexdigest()[:32]


def write_polis(consultation: Consultation) -> Any:
    """Return an open temporary file with the bundle as ZIP; the caller closes it."""
    out = tempfile.SpooledTemporaryFile(max_size=8_000_000)  # noqa: SIM115  (the answer closes it)
    talk = _Talk(consultation)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for kind in FILES:
            rows = talk.rows(kind)
            if rows is not None:
                with archive.open(talk.name(kind), "w", force_zip64=True) as raw, \
                        io.TextIOWrapper(raw, encoding="utf-8", newline="") as text:
                    csv.writer(text, lineterminator="\n").writerows(rows)
    out.seek(0)
    return out


class _Talk:
    """One conversation with the numbers that its export gives to statements and voters."""

    def __init__(self, consultation: Consultation) -> None:
        self.it = consultation
        kept = ImportedVotes.objects.filter(consultation=consultation).first()
        self.carried = Carried(bytes(kept.details)) if kept else None
        theirs = {ours: id for id, ours in self.carried.statements.items()} if self.carried else {}
        self.ours: dict[str, Statement] = {}
        free = 1 + max((int(id) for id in theirs.values() if id.isdecimal()), default=-1)
        for statement in Statement.objects.filter(consultation=consultation).order_by("pk"):
            known = theirs.get(statement.public_id)
            if known is None:
                if statement.state == StatementState.WITHDRAWN:
                    continue
                known, free = str(free), free + 1
            self.ours[known] = statement
        self.column = {id: n for n, id in enumerate(self.ours)}
        self._read_votes()

    def _read_votes(self) -> None:
        """Votes as one sorted array of voter × statement with their values: nine bytes a vote."""
        places = {statement.pk: self.column[id] for id, statement in self.ours.items()}
        imported = {}
        self.voters: list[str] = list(self.carried.voters) if self.carried else []
        self.n_imported = len(self.voters)
        if self.carried:
            key = _key(self.it)
            uids = {uid_of(key, voter): n for n, voter in enumerate(self.voters)}
            imported = {pk: uids[uid] for pk, uid in Voice.objects.filter(
                consultation=self.it, origin=VoiceOrigin.IMPORT).values_list("pk", "uid").iterator() if uid in uids}
        people = dict(imported)
        if self.it.state == ConsultationState.CLOSED:
            voted = Voice.objects.filter(consultation=self.it, votes__isnull=False).distinct()
            mine = [pk for pk in voted.values_list("pk", flat=True) if pk not in imported]
            secrets.SystemRandom().shuffle(mine)
            free = 1 + max((int(voter) for voter in self.voters if voter.isdecimal()), default=-1)
            for n, pk in enumerate(mine):
                people[pk] = len(self.voters)
                self.voters.append(str(free + n))
        width = max(len(self.ours), 1)
        keys, values = array("q"), array("b")
        for voice, statement, value in (Vote.objects.filter(statement__consultation=self.it)
                                        .values_list("voice_id", "statement_id", "value").iterator(_CHUNK)):
            if voice in people and statement in places:
                keys.append(people[voice] * width + places[statement])
                values.append(value)
        found = np.array(keys, dtype=np.int64)
        order = np.argsort(found)
        self.keys: npt.NDArray[np.int64] = found[order]
        self.values: npt.NDArray[np.int8] = np.array(values, dtype=np.int8)[order]
        self.width = width

    def value(self, voter: int, column: int) -> str:
        """The vote of a voter on a statement, "" where there is none."""
        key = voter * self.width + column
        at = int(np.searchsorted(self.keys, key))
        return str(self.values[at]) if at < len(self.keys) and self.keys[at] == key else ""

    def name(self, kind: str) -> str:
        return (self.carried.names.get(kind) if self.carried else None) or f"{kind}.csv"

    def rows(self, kind: str) -> Iterable[list[Any]] | None:
        """The rows of one file with its heading; None where there is no such file."""
        makers = {SUMMARY: self._summary, COMMENTS: self._comments, VOTES: self._votes, MATRIX: self._matrix}
        if kind in makers:
            return makers[kind]()
        if self.carried and kind in self.carried.heads:
            return [self.carried.heads[kind], *self.carried.rows(kind)]
        return None if kind == HISTORY or self.carried else self._groups()

    def _head(self, kind: str) -> list[str]:
        return self.carried.heads.get(kind, _HEADS[kind]) if self.carried else _HEADS[kind]

    def _summary(self) -> Iterator[list[Any]]:
        if self.carried and SUMMARY in self.carried.heads:
            yield from self.carried.rows(SUMMARY)
            return
        n = len(self.voters)
        last = MapSnapshot.objects.filter(consultation=self.it, part="").order_by("-made_at", "-pk").first()
        yield from (["topic", str(self.it)], ["url", ""], ["views", ""], ["voters", n], ["voters-in-conv", n],
                    ["commenters", ""], ["comments", len(self.ours)],
                    ["groups", last.shown.get("n_groups", "") if last else ""],
                    ["conversation-description", self.it.introduction])

    def _comments(self) -> Iterator[list[Any]]:
        head = self._head(COMMENTS)
        columns = {name.strip().lower(): at for at, name in enumerate(head)}
        yield head
        done = set()
        for row in self.carried.rows(COMMENTS) if self.carried else ():
            id = row[columns["comment-id"]].strip()
            statement = self.ours.get(id)
            if statement is None:
                continue
            done.add(id)
            row[columns["comment-body"]] = statement.text
            if "moderated" in columns and self.carried:
                row[columns["moderated"]] = str(_moderated(statement, self.carried.moderated.get(id)))
            yield row
        sums = self._sums()
        for id, statement in self.ours.items():
            if id not in done:
                cells = {"timestamp": int(statement.made_at.timestamp() * 1000), "comment-id": id,
                         "agrees": sums[self.column[id]][0], "disagrees": sums[self.column[id]][1],
                         "moderated": _moderated(statement, None), "comment-body": statement.text, "is-meta": "false",
                         "is-seed": "true" if statement.origin == Origin.ORGANISER else "false"}
                yield [cells.get(name.strip().lower(), "") for name in head]

    def _sums(self) -> list[tuple[int, int]]:
        columns = self.keys % self.width
        agree = np.bincount(columns[self.values == 1], minlength=self.width)
        disagree = np.bincount(columns[self.values == -1], minlength=self.width)
        return list(zip(agree.tolist(), disagree.tolist(), strict=True))

    def _votes(self) -> Iterator[list[Any]]:
        head = self._head(VOTES)
        columns = {name.strip().lower(): at for at, name in enumerate(head)}
        yield head
        numbers = {voter: n for n, voter in enumerate(self.voters[:self.n_imported])}
        at = columns["vote"]
        # Votes of a bundle that came without this file have no row carried: they follow like our own.
        listed = self.carried is not None and VOTES in self.carried.heads
        for row in self.carried.rows(VOTES) if self.carried else ():
            voter = numbers[row[columns["voter-id"]].strip()]
            column = self.column.get(row[columns["comment-id"]].strip())
            if column is None:
                continue
            if not row[at]:
                row[at] = self.value(voter, column)
            if row[at]:
                yield row
        begin = int(np.searchsorted(self.keys, self.n_imported * self.width)) if listed else 0
        ids = list(self.ours)
        for key, value in zip(self.keys[begin:].tolist(), self.values[begin:].tolist(), strict=True):
            cells = {"timestamp": 0, "comment-id": ids[key % self.width], "voter-id": self.voters[key // self.width],
                     "vote": value}
            yield [cells.get(name.strip().lower(), "") for name in head]

    def _matrix(self) -> Iterator[list[Any]]:
        carried = self.carried if self.carried and MATRIX in self.carried.heads else None
        # A statement that their matrix left out stays out; ours follow.
        theirs = set(self.carried.statements) if carried and self.carried else set()
        head = ([*carried.heads[MATRIX], *(id for id in self.ours if id not in theirs)] if carried
                else [*_HEADS[MATRIX], *self.ours])
        plain = [name.strip().lower() for name in head]
        spots = [self.column.get(name.strip(), -1) if name.strip().isdecimal() else None for name in head]
        yield head
        numbers = {voter: n for n, voter in enumerate(self.voters)}
        done = set()
        for row in carried.rows(MATRIX) if carried else ():
            cells = iter(row)
            person = row[[name for name, spot in zip(plain, spots, strict=True) if spot is None].index("participant")]
            number = numbers.get(person.strip())
            done.add(number)
            votes = self._of(number)
            yield [next(cells, "") if spot is None else votes.get(spot, "") for spot in spots]
        for number, voter in enumerate(self.voters):
            if number in done:
                continue
            votes = self._of(number)
            told = {"participant": voter, "n-votes": len(votes), "n-agree": sum(v == 1 for v in votes.values()),
                    "n-disagree": sum(v == -1 for v in votes.values())}
            yield [told.get(name, "") if spot is None else votes.get(spot, "")
                   for name, spot in zip(plain, spots, strict=True)]

    def _of(self, number: int | None) -> dict[int, int]:
        if number is None:
            return {}
        low, high = np.searchsorted(self.keys, [number * self.width, (number + 1) * self.width])
        return dict(zip((self.keys[low:high] % self.width).tolist(), self.values[low:high].tolist(), strict=True))

    def _groups(self) -> Iterator[list[Any]] | None:
        """Statements by group, from the last map: numbers as they may be shown."""
        last = MapSnapshot.objects.filter(consultation=self.it, part="").order_by("-made_at", "-pk").first()
        if last is None or not last.shown.get("n_groups"):
            return None
        ids = {statement.public_id: id for id, statement in self.ours.items()}
        return _group_rows(last.shown, ids, {id: statement.text for id, statement in self.ours.items()})


def _group_rows(shown: dict[str, Any], ids: dict[str, str], texts: dict[str, str]) -> Iterator[list[Any]]:
    letters = [chr(ord("a") + n) for n in range(shown["n_groups"])]
    yield ["comment-id", "comment", "total-votes", "total-agrees", "total-disagrees", "total-passes",
           *(f"group-{letter}-{what}" for letter in letters for what in ("votes", "agrees", "disagrees", "passes"))]
    for row in shown["table"]:
        id = ids.get(row["statement"])
        if id is not None:
            yield [id, texts[id], *(cell for agree, disagree, passed in (row["all"], *row["groups"])
                                    for cell in (agree + disagree + passed, agree, disagree, passed))]


def _moderated(statement: Statement, was: int | None) -> int:
    now = {StatementState.PUBLISHED: 1, StatementState.WAITING: 0}.get(StatementState(statement.state), -1)
    # Not moderated there, and shown: so it is here until somebody decides otherwise.
    return was if was is not None and (now == was or (was == 0 and now == 1)) else now


def _key(consultation: Consultation) -> str:
    done = consultation.data_imports.filter(kind="polis", state="done").first()
    return done.key if done else ""
