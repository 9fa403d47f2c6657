"""Files of votes: three shapes, and everything that may be wrong with them."""

import contextlib
import io

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tribune.engine.opinion import read_statements, read_votes, votes_from
from tribune.engine.opinion._complaints import MOST_TOLD
from tribune.engine.types import Unreadable

HEAD = "timestamp,datetime,comment-id,voter-id,vote\n"


def parquet(people, statements, vote, **options):
    file = io.BytesIO()
    pq.write_table(pa.table({"participant": people, "statement": statements, "vote": vote}), file, **options)
    return file.getvalue()


def plain(votes):
    who = votes.participants[votes.rows()].tolist()
    what = votes.statements[votes.code.astype(int) // 3].tolist()
    return sorted(zip(who, what, (votes.code.astype(int) % 3 - 1).tolist(), strict=True))


def test_the_last_vote_of_a_pair_counts_by_time():
    found = read_votes((HEAD + "20,x,1,7,-1\n10,x,1,7,1\n30,x,2,7,0\n").encode())
    assert plain(found.votes) == [(7, 1, -1), (7, 2, 0)]
    assert found.n_replaced == 1


def test_without_times_the_later_row_counts():
    assert plain(read_votes(b"participant,statement,vote\n7,1,1\n7,1,-1\n").votes) == [(7, 1, -1)]


def test_a_matrix_is_read():
    text = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2\n5,0,0,2,1,1,1,,-1\n6,,0,0,0,0,,,\n"
    assert plain(read_votes(text.encode()).votes) == [(5, 0, 1), (5, 2, -1)]
    assert read_votes(text.encode()).votes.n_statements == 3


BAD = [
    ("1,x,1,7", "short_row"), ("1,x,1,7,2", "bad_vote"), ("1,x,1,7,", "bad_vote"), ("1,x,1,7,agree", "bad_vote"),
    ("1,x,1,7,<script>", "bad_vote"), ("1,x,,7,1", "bad_id"), ("1,x,1,,1", "bad_id"), ("soon,x,1,7,1", "bad_time"),
    (f"1,x,{'9' * 10_000},7,1", "bad_id"), ("1,x,1,7,\u202e1", "bad_vote"), ("1,x,1,7,😀", "bad_vote"),
    (f"1,x,1,7,{'1' * 200_000}", "bad_vote"),
    (f"1,x,1,7,{'1' * 17_000_000}", "not_csv"), ("1,x,1,7,1e0", "bad_vote"), ("1,x,1,7,NaN", "bad_vote"),
]


@pytest.mark.parametrize(("row", "code"), BAD)
def test_a_bad_row_is_told_by_line_and_the_rest_is_kept(row, code):
    found = read_votes((HEAD + "1,x,1,5,1\n" + row + "\n1,x,1,6,-1\n").encode())
    assert [(one.line, one.code) for one in found.bad] == [(3, code)]
    assert plain(found.votes) == [(5, 1, 1), (6, 1, -1)]
    assert all(c.isprintable() for c in found.bad[0].message)
    with pytest.raises(Unreadable, match="line 3"):
        read_votes((HEAD + "1,x,1,5,1\n" + row + "\n").encode(), strict=True)


def test_a_bad_cell_of_a_matrix_leaves_the_others():
    found = read_votes(b"participant,a,b\n1,1,7\n,1,1\n2,,-1\n")
    assert plain(found.votes) == [(1, "a", 1), (2, "b", -1)]
    assert [(one.line, one.code) for one in found.bad] == [(2, "bad_vote"), (3, "bad_id")]


def test_a_hundred_thousand_bad_rows_are_counted_and_the_first_thousand_told():
    found = read_votes(("participant,statement,vote\n" + "1,1,9\n" * 100_000 + "1,1,1\n").encode())
    assert found.n_bad == 100_000
    assert len(found.bad) == MOST_TOLD
    assert found.votes.n_votes == 1


@pytest.mark.parametrize("data", [b"", b"\n\n", b"id,text\n1,2\n", b"participant,a,a\n1,1,1\n", b"PAR1 but no more",
                                  b"\x00\xff\xfe\x01", b"%PDF-1.7"])
def test_what_is_no_votes_is_refused(data):
    with pytest.raises(Unreadable):
        read_votes(data)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_old_encodings_are_read(encoding):
    text = "participant,statement,vote\nÉlodie,1,1\nÉlodie,2,-1\n"
    found = read_votes(text.encode(encoding))
    assert plain(found.votes) == [("Élodie", 1, 1), ("Élodie", 2, -1)]
    assert bool(found.notices) == (encoding == "cp1252")


def test_ids_are_numbers_only_when_all_are():
    assert read_votes(b"participant,statement,vote\n10,1,1\n9,1,1\n").votes.participants.tolist() == [9, 10]
    assert read_votes(b"participant,statement,vote\n10,1,1\n09,1,1\n").votes.participants.tolist() == ["09", "10"]


ROWS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9), st.sampled_from([-1, 0, 1])), min_size=1, max_size=80)


@settings(deadline=None)
@given(ROWS, st.sampled_from([1, 7, 1000]), st.booleans(), st.booleans())
def test_parquet_gives_what_the_rows_say(rows, group, grouped, as_text):
    if grouped:
        first = {}
        rows = sorted(rows, key=lambda row: first.setdefault(row[0], len(first)))
    people, statements, vote = (list(column) for column in zip(*rows, strict=True))
    write = [str(one) for one in people] if as_text else people
    found = read_votes(parquet(write, statements, vote, row_group_size=group))
    expected = votes_from(people, statements, vote)
    assert plain(found.votes) == plain(expected)
    assert found.votes.code.tolist() == expected.code.tolist()
    assert found.n_replaced == len(rows) - expected.n_votes


def test_batches_and_chunks_meet(monkeypatch):
    monkeypatch.setattr("tribune.engine.opinion._parquet._BATCH", 11)
    monkeypatch.setattr("tribune.engine.opinion._parquet._CHUNK", 5)
    rng = np.random.default_rng(0)
    for grouped in (False, True):
        people, statements = rng.integers(0, 40, 400), rng.integers(0, 9, 400)
        if grouped:
            people = np.sort(people)[::-1]
        vote = rng.integers(-1, 2, 400)
        found = read_votes(parquet(people, statements, vote))
        expected = votes_from(people, statements, vote)
        assert found.votes.code.tolist() == expected.code.tolist()
        assert found.votes.start.tolist() == expected.start.tolist()


def test_bad_rows_of_parquet():
    found = read_votes(parquet([1, None, 3, 4], [1, 1, 1, 1], [1, 1, 5, None]))
    assert [(one.line, one.code) for one in found.bad] == [(2, "bad_id"), (3, "bad_vote"), (4, "bad_vote")]
    assert plain(found.votes) == [(1, 1, 1)]
    assert plain(read_votes(parquet(["a", "b"], [1, 1], ["1", "no"])).votes) == [("a", 1, 1)]
    file = io.BytesIO()
    pq.write_table(pa.table({"x": [1]}), file)
    with pytest.raises(Unreadable, match="participant, statement and vote"):
        read_votes(file.getvalue())


def test_a_broken_parquet_file_is_refused():
    data = parquet(list(range(1000)), [1] * 1000, [1] * 1000)
    with pytest.raises(Unreadable):
        read_votes(data[:200] + b"\0" * 400 + data[600:])
    with pytest.raises(Unreadable):
        read_votes(data[:-50])


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: (HEAD + text).encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused(data):
    with contextlib.suppress(Unreadable):
        read_votes(data)


def test_statements_with_everything_in_them():
    text = 'comment-id,comment-body,moderated\n1,"two\nlines, ""quoted""",1\n2,\u202eright to left 😀,-1\n,nothing,1\n'
    found = read_statements(text.encode())
    assert found.texts == {"1": 'two\nlines, "quoted"', "2": "\u202eright to left 😀"}
    assert found.moderated == ("2",)
    assert [one.line for one in found.bad] == [5]
    with pytest.raises(Unreadable):
        read_statements(b"a,b\n1,2\n")


@pytest.mark.real
def test_every_conversation_is_read_whole(real_data):
    for folder in sorted((real_data / "polis").iterdir()):
        if folder.is_dir():
            found = read_votes(folder / "votes.csv")
            assert found.n_bad == 0
            assert found.votes.n_votes + found.n_replaced > 2500
            assert len(read_statements(folder / "comments.csv").texts) >= 50
