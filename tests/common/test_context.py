import polib
import pytest
from django.utils import translation

from tribune.common.catalogue import compiled
from tribune.common.context import page

pytestmark = pytest.mark.django_db


def test_footer_says_nothing_is_reviewed_until_a_catalogue_says_by_whom(rf, tmp_path, settings):
    request = rf.get("/fr/cities/")
    with translation.override("fr"):
        assert page(request)["catalogue_state"] == ""
    source = tmp_path / "locale" / "fr" / "LC_MESSAGES"
    source.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "X-Reviewed": "relu par une traductrice, 2027"}
    catalogue.append(polib.POEntry(msgid="Cities", msgstr="Villes"))
    catalogue.save(str(source / "django.po"))
    folder = compiled(tmp_path / "locale", tmp_path / "made")
    assert (folder / "fr" / "LC_MESSAGES" / "django.mo").exists()
    # Compiled again without a change: the same folder, nothing written.
    before = sorted(path.stat().st_mtime_ns for path in folder.rglob("*.mo"))
    assert compiled(tmp_path / "locale", tmp_path / "made") == folder
    assert sorted(path.stat().st_mtime_ns for path in folder.rglob("*.mo")) == before


def test_each_page_knows_itself_in_all_languages(rf):
    request = rf.get("/en/cities/?page=2")
    found = page(request)
    assert {row["code"]: row["address"] for row in found["languages"]}["ar"] == "/ar/cities/?page=2"
    assert [row["code"] for row in found["languages"] if row["current"]] == ["en"]
