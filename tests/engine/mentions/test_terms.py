"""The lists are sound: every term compiles, finds itself, and says why it does not count."""

import re
import tomllib

import pytest

from tribune.engine.mentions import TERMS_VERSION, find_mentions, n_terms, reasons
from tribune.engine.mentions._patterns import spellings
from tribune.engine.mentions._terms import _FOLDER, lexicon
from tribune.engine.types import LANGUAGES

TIERS_IN_LISTS = {"explicit", "level", "excluded", "actor"}


def test_version_and_counts_are_given() -> None:
    assert TERMS_VERSION
    assert n_terms() == sum(n_terms(one) for one in LANGUAGES)
    assert all(n_terms(one) > 200 for one in LANGUAGES)
    with pytest.raises(KeyError):
        n_terms("de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_says_its_tier_and_excluded_ones_their_reason(language: str) -> None:
    for group in tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))["group"]:
        assert group["tier"] in TIERS_IN_LISTS
        assert bool(group.get("reason")) == (group["tier"] == "excluded")
        assert group["terms"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_named_set_exists(language: str) -> None:
    raw = (_FOLDER / f"{language}.toml").read_text(encoding="utf-8")
    for inside in re.findall(r"\{([^}]*)\}", raw.partition("[actors]")[0]):
        # An ASCII word alone in braces is a name; one that is not known would be searched for as a word.
        if re.fullmatch(r"[a-z]+", inside) and language not in {"en", "fr", "es"}:
            assert inside in lexicon(language).grammar.sets
        assert all(name in lexicon(language).grammar.sets for name in re.findall(r"\$(\w+)", inside))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plain_term_finds_itself(language: str) -> None:
    lex = lexicon(language)
    for term in lex.terms:
        for form in sorted(spellings(lex.grammar, term.source))[:40]:
            if "~" in form or "*" in form or "_" in form or "=" in form:
                continue
            found = find_mentions(form, language)
            assert found, (language, form)
            assert found[0].start == 0 or found[-1].end == len(form), (language, form)


def test_reasons_are_sentences_for_people() -> None:
    assert all(reason[0].isupper() and not reason.endswith(".") for reason in reasons())
