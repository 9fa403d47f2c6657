"""No acknowledged vote is lost when the server dies under load (GROUND.md, gates): the shipped server, killed."""

from benchmarks import votes


def test_kill_minus_nine_on_the_embedded_database():
    found = votes.measure("", seconds=4.0, killed=True)
    assert found["acknowledged"] > 50
    assert found["broken"] > 0
    assert found["lost"] == 0
