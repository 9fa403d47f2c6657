"""100,000 bent files: read or refused, never anything else. The run goes on from where it stopped."""

import json
import signal

import pytest
from tests.full import fuzz_readers
from tests.full.fuzz_readers import OUT, run


def test_a_hundred_thousand_bent_files():
    result = run(100_000, OUT)
    assert not result["wrong"], result["wrong"][:5]
    assert result["peak_mb"] < 1024


def test_a_run_goes_on_and_says_the_case_that_ended_a_child(tmp_path, monkeypatch):
    monkeypatch.delenv("TRIBUNE_TEST_DATA", raising=False)
    out = tmp_path / "state.json"
    assert run(7, out)["cases"] == 7
    before = json.loads(out.read_text())
    # A child that dies of a signal is made by a limit on its processor time that it cannot keep.
    monkeypatch.setattr(fuzz_readers.sys, "executable", _dying(tmp_path))
    after = run(9, out)
    assert after["cases"] == 9
    assert sum(before["codes"].values()) == 7
    assert after["wrong"] == [{"case": case, "error": f"died, code -{int(signal.SIGSEGV)}"} for case in (7, 8)]


def _dying(tmp_path):
    """A python that says which case it begins and then dies of a signal."""
    script = tmp_path / "dying"
    script.write_text('#!/bin/sh\nprintf \'{"case": %s}\\n\' "$4"\nkill -SEGV $$\n')
    script.chmod(0o755)
    return str(script)


@pytest.mark.parametrize("case", [0, 31, 4242])
def test_a_case_is_made_again_from_its_number(case):
    of = fuzz_readers.files()
    assert fuzz_readers.made(case, of) == fuzz_readers.made(case, of)
