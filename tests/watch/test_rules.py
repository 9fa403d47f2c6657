"""When a deadline ends, wherever its host is."""

from datetime import UTC, date, datetime, time

import pytest

from tribune.watch.rules import deadline_moment, is_time_zone


@pytest.mark.parametrize(("on", "at", "zone", "moment"), [
    (date(2027, 5, 19), time(18), "America/Bogota", datetime(2027, 5, 19, 23, tzinfo=UTC)),
    # A day without a time ends a minute before midnight, there.
    (date(2027, 5, 19), None, "Asia/Tokyo", datetime(2027, 5, 19, 14, 59, tzinfo=UTC)),
    (date(2027, 5, 19), None, "Pacific/Kiritimati", datetime(2027, 5, 19, 9, 59, tzinfo=UTC)),
    # Summer and winter in the same zone.
    (date(2027, 7, 1), time(12), "Europe/Paris", datetime(2027, 7, 1, 10, tzinfo=UTC)),
    (date(2027, 12, 1), time(12), "Europe/Paris", datetime(2027, 12, 1, 11, tzinfo=UTC)),
    # 02:30 does not exist on this night: the offset before the change counts, half past three in summer time.
    (date(2027, 3, 28), time(2, 30), "Europe/Paris", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
    # 02:30 comes twice on this night: the first one counts.
    (date(2027, 10, 31), time(2, 30), "Europe/Paris", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
    # Half-hour offsets, and a day that ends in another UTC day.
    (date(2027, 5, 19), None, "Asia/Kolkata", datetime(2027, 5, 19, 18, 29, tzinfo=UTC)),
    (date(2027, 5, 19), None, "America/Los_Angeles", datetime(2027, 5, 20, 6, 59, tzinfo=UTC)),
])
def test_deadline_ends_where_the_host_is(on, at, zone, moment):
    assert deadline_moment(on, at, zone) == moment


def test_time_zones_are_iana_names():
    assert is_time_zone("America/Argentina/Buenos_Aires")
    assert not is_time_zone("GMT+25")
    assert not is_time_zone("../../etc/passwd")
