from pathlib import Path

import pytest

from tribune.cli import _reference as reference
from tribune.project.configuration import SETTINGS

DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", sorted(reference.pages()))
def test_generated_page_is_up_to_date(name):
    assert (DOCS / name).read_text(encoding="utf-8") == reference.pages()[name], "run ./tribune dev docs"


def test_every_setting_is_documented():
    page = (DOCS / "settings.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        assert f"`TRIBUNE_{setting.name.upper()}`" in page
        assert setting.words
