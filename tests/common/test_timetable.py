from datetime import timedelta

import pytest
from tests.factories import NOW

from tribune.common import timetable
from tribune.common.models import Periodic

pytestmark = pytest.mark.django_db


def test_job_runs_once_in_each_pause_and_a_bad_one_leaves_the_rest(monkeypatch):
    monkeypatch.setattr(timetable, "_jobs", {})
    ran = []

    @timetable.every(timedelta(hours=1))
    def good(at):
        ran.append(at)

    @timetable.every(timedelta(hours=1))
    def bad(at):
        raise ValueError

    assert len(timetable.run_due(at=NOW)) == 1
    timetable.run_due(at=NOW + timedelta(minutes=59))
    assert len(ran) == 1
    timetable.run_due(at=NOW + timedelta(minutes=60))
    assert len(ran) == 2
    assert Periodic.objects.get(name__endswith="bad").error == "ValueError"
