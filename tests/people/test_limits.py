from datetime import timedelta

import pytest
from tests.factories import NOW

from tribune.common.refusals import TooMany
from tribune.people.limits import knock
from tribune.people.models import Attempt

pytestmark = pytest.mark.django_db


def test_door_closes_after_so_many_knocks_and_opens_again():
    for _ in range(3):
        knock("receipt", "192.0.2.7", at=NOW, most=3, seconds=600)
    with pytest.raises(TooMany):
        knock("receipt", "192.0.2.7", at=NOW, most=3, seconds=600)
    knock("receipt", "192.0.2.8", at=NOW, most=3, seconds=600)
    knock("receipt", "192.0.2.7", at=NOW + timedelta(seconds=600), most=3, seconds=600)


def test_no_address_is_stored():
    knock("receipt", "192.0.2.7", at=NOW, most=3, seconds=600)
    assert "192.0.2.7" not in str(list(Attempt.objects.values()))
