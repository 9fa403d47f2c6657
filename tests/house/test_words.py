"""Interface words: every one is collected, and translated in every language; this test counts the gaps."""

import re

import polib
import pytest

from tribune.project import words

PLACEHOLDERS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
LOCALES = sorted(words.PLURALS)


@pytest.fixture(scope="module")
def extracted():
    return {(word.text, word.context) for word in words.extracted()}


@pytest.mark.parametrize("locale", LOCALES)
def test_catalogue_holds_every_word_and_no_other(locale, extracted):
    held = {(entry.msgid, entry.msgctxt or "") for entry in polib.pofile(str(words.catalogue_path(locale)))}
    assert held == extracted, "run ./tribune dev words"


@pytest.mark.parametrize("locale", LOCALES)
def test_catalogue_says_how_many_gaps_it_has(locale):
    """An issue is resolved at 0; until then the foot of each page tells readers what is still in English."""
    catalogue = polib.pofile(str(words.catalogue_path(locale)))
    assert catalogue.metadata["X-Gaps"] == f"{len(words.gaps_of(locale))} of {len(catalogue)}"


@pytest.mark.parametrize("locale", LOCALES)
def test_placeholders_are_those_of_the_source(locale):
    for entry in polib.pofile(str(words.catalogue_path(locale))):
        allowed = set(PLACEHOLDERS.findall(entry.msgid)) | set(PLACEHOLDERS.findall(entry.msgid_plural or ""))
        for form in (entry.msgstr, *entry.msgstr_plural.values()):
            assert set(PLACEHOLDERS.findall(form)) <= allowed, (entry.msgid, form)
        if entry.msgstr:
            assert set(PLACEHOLDERS.findall(entry.msgid)) == set(PLACEHOLDERS.findall(entry.msgstr)), entry.msgid


@pytest.mark.parametrize("locale", LOCALES)
def test_catalogue_says_whether_a_speaker_has_read_it(locale):
    assert polib.pofile(str(words.catalogue_path(locale))).metadata.get("X-Reviewed")


def test_extraction_sees_code_templates_plurals_and_contexts():
    found = words.extracted()
    kinds = {(bool(word.plural), bool(word.context)) for word in found}
    assert kinds >= {(False, False), (True, False), (False, True)}
    files = {file for where in found.values() for file in where}
    assert any(file.endswith(".py") for file in files)
    assert any(file.endswith(".html") for file in files)
