"""Ten real conversations come in and go out again: every cell of every file, in the same order."""

import csv
import io
import zipfile

import pytest
from tests.factories import NOW, make_consultation, make_officer

from tribune.listen import actions, exchange_jobs
from tribune.listen.choices import DataState, VoiceOrigin
from tribune.listen.exchange.polis_out import write_polis
from tribune.listen.models import Voice, Vote

pytestmark = [pytest.mark.django_db, pytest.mark.real]
TALKS = ("15-per-hour-seattle", "austria-climate.5twd2jsnkf.2022-08-08", "bg2050-volunteers", "brexit-consensus",
         "canadian-electoral-reform", "scoop-hivemind.affordable-housing", "scoop-hivemind.biodiversity",
         "scoop-hivemind.freshwater", "ssis.land-bank-farmland.2rumnecbeh.2021-08-01", "vtaiwan.uberx")


@pytest.mark.parametrize("talk", TALKS)
def test_a_conversation_goes_out_as_it_came_in(real_data, settings, tmp_path, talk):
    settings.MEDIA_ROOT = tmp_path
    files = {path.name: path.read_bytes() for path in sorted((real_data / "polis" / talk).glob("*.csv"))}
    consultation = make_consultation(format="statement_vote", opened=False)
    officer = make_officer(consultation.organisation)
    # In an order that nobody would choose.
    data = actions.receive_data(consultation=consultation, files=sorted(files.items(), reverse=True),
                                source=f"pol.is: {talk}", licence="CC BY 4.0", by=officer, at=NOW)
    exchange_jobs.run(data.pk)
    data.refresh_from_db()
    assert data.state == DataState.DONE, (data.code, data.report)
    assert data.report["bad"] == []
    rows = list(csv.DictReader(io.StringIO(files["votes.csv"].decode())))
    voters = {row["voter-id"] for row in rows}
    assert Voice.objects.filter(consultation=consultation, origin=VoiceOrigin.IMPORT).count() == len(voters)
    assert Vote.objects.count() == len({(row["voter-id"], row["comment-id"]) for row in rows})
    with write_polis(consultation) as out, zipfile.ZipFile(out) as archive:
        assert sorted(archive.namelist()) == sorted(files)
        for name, content in files.items():
            told = archive.read(name)
            assert list(csv.reader(io.StringIO(told.decode(), newline=""))) == \
                list(csv.reader(io.StringIO(content.decode(), newline=""))), name
            # More than was asked: the same bytes.
            assert told == content, name
