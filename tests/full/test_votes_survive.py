"""No acknowledged vote is lost when the server dies under load, again and again, on both databases."""

import pytest
from benchmarks import votes

from tribune.cli._postgres import NoServer, throwaway_server


@pytest.mark.parametrize("seconds", [3.0, 6.0, 12.0])
def test_kill_minus_nine_again_and_again_on_both_databases(seconds):
    assert votes.measure("", seconds=seconds, killed=True)["lost"] == 0
    try:
        with throwaway_server() as url:
            assert votes.measure(url, seconds=seconds, killed=True)["lost"] == 0
    except NoServer as reason:
        pytest.skip(str(reason))
