"""What must hold for any text at all."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribune.engine.mentions import find_mentions
from tribune.engine.mentions._fold import fold
from tribune.engine.types import LANGUAGES, TIERS

WORDS = st.sampled_from(
    [
        *("local", "and", "regional", "authorities", "governments", ",", "cities", "urban", "areas", "LRGs"),
        *("at all levels", "autorités", "locales", "et", "régionales", "gobiernos", "alcaldes", "autorites"),
        *("органы", "местной", "власти", "地方", "政府", "城市", "和", "السلطات", "المحلية", "والبلديات"),
        *("ﬁ", "İ", "ß", "\u0640", "\u00ad", "\u200f", "e\u0301", "\n"),
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=30).map(" ".join))


@given(TEXTS, st.sampled_from([*LANGUAGES, ""]))
def test_offsets_lie_in_the_normal_form_in_order_without_overlap(text: str, language: str) -> None:
    normal = unicodedata.normalize("NFC", text)
    last = 0
    for mention in find_mentions(text, language):
        assert last <= mention.start < mention.end <= len(normal)
        assert " ".join(normal[mention.start : mention.end].split()).lower() == mention.term.lower()
        assert mention.tier in TIERS
        assert bool(mention.reason) == (mention.tier == "excluded")
        last = mention.end


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_the_same_text_gives_the_same_mentions(text: str, language: str) -> None:
    assert find_mentions(text, language) == find_mentions(text, language)


@given(TEXTS)
def test_folding_leads_back_to_the_text(text: str) -> None:
    folded = fold(text)
    for index in range(len(folded.text)):
        start, end = folded.span(index, index + 1)
        assert end == start + 1 <= len(text)


@pytest.mark.parametrize("padding", ["", "x " * 5000])
def test_a_mention_is_found_wherever_it_stands(padding: str) -> None:
    (mention,) = find_mentions(f"{padding}local authorities", "en")
    assert mention.start == len(padding)
