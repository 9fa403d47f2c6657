import pytest

from tribune.cli import main


def test_without_material_it_says_what_is_missing(monkeypatch, capsys):
    monkeypatch.delenv("TRIBUNE_TEST_DATA", raising=False)
    assert main(["bench"]) == 1
    assert "TRIBUNE_TEST_DATA is not set" in capsys.readouterr().err


def test_unknown_benchmark_names_those_there_are(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("TRIBUNE_TEST_DATA", str(tmp_path))
    assert main(["bench", "nothing", "--output", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert all(name in said for name in ("align", "mentions", "text", "uptake"))


@pytest.mark.real
def test_reading_is_measured_beside_its_peer(real_data, tmp_path, capsys):
    assert main(["bench", "text", "--output", str(tmp_path)]) == 0
    assert "2222" in (tmp_path / "text.json").read_text().replace(",", "").replace(" ", "")
    assert "text" in capsys.readouterr().out
