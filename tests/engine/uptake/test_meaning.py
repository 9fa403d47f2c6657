"""Asks in prose and asks in another language are found by meaning."""

import pytest

from tribune.engine.types import Ask
from tribune.engine.uptake import judge
from tribune.engine.uptake._by_meaning import windows

TEXT = (
    "Decides to convene a conference on maritime ports in 2030.",
    "Calls upon Member States to consult local and regional governments on digital policies.",
    "Notes with concern that many rural schools lack a connection to the Internet.",
)
ASKS = {
    "fr": "Demande aux États Membres de consulter les autorités locales et régionales sur les politiques numériques",
    "es": "Exhorta a los Estados Miembros a consultar a los gobiernos locales y regionales en políticas digitales",
    "ru": "Призывает государства-члены консультироваться с местными и региональными властями по цифровой политике",
    "ar": "تهيب بالدول الأعضاء أن تستشير الحكومات المحلية والإقليمية بشأن السياسات الرقمية",
    "zh": "呼吁会员国就数字政策征求地方和区域政府的意见",
}


@pytest.mark.parametrize("language", sorted(ASKS))
def test_an_ask_in_another_language_finds_the_same_sentence(paragraphs, language):
    text = paragraphs(*TEXT)
    (found,) = judge([Ask("a", "ADD", new=ASKS[language])], text, language="en")
    assert found.verdict in {"substance", "partly"}
    assert found.evidence[0].paragraph == "2"
    assert found.evidence[0].spans == ((0, len(TEXT[1])),)
    assert "by_meaning" in {r.code for r in found.reasons}


@pytest.mark.parametrize("language", sorted(ASKS))
def test_and_does_not_find_it_where_it_is_not(paragraphs, language):
    (found,) = judge([Ask("a", "ADD", new=ASKS[language])], paragraphs(TEXT[0], TEXT[2]), language="en")
    assert found.verdict == "none"


@pytest.mark.parametrize("language", sorted(ASKS))
def test_an_ask_in_the_language_of_the_text_is_judged_by_its_words(paragraphs, language):
    (found,) = judge([Ask("a", "ADD", new=ASKS[language])], paragraphs("—", ASKS[language] + "."))
    assert found.verdict == "verbatim"


def test_weaker_words_in_another_language_are_seen(paragraphs):
    weak = TEXT[1].replace("Calls upon Member States to", "Member States may")
    (found,) = judge([Ask("a", "ADD", new=ASKS["fr"])], paragraphs(weak), language="en")
    assert found.verdict in {"partly", "none"}
    assert "weaker" in {r.code for r in found.reasons}


def test_prose_is_found_by_meaning_and_never_called_verbatim(one):
    found = one("ADD", list(TEXT), text="Municipalities and regions should be asked for their views on digital policy")
    assert found.verdict in {"substance", "partly"}
    assert found.evidence[0].paragraph == "2"


def test_what_an_older_text_had_by_meaning_is_already_there(one):
    found = one("ADD", list(TEXT), list(TEXT), new=ASKS["es"])
    assert found.already_there
    fresh = one("ADD", list(TEXT), [TEXT[0], TEXT[2]], new=ASKS["es"])
    assert not fresh.already_there


def test_windows_are_clauses_and_cover_every_word():
    text = "First, this; then that. " + "a long list, of many things, " * 20
    spans = windows(text)
    assert all(0 <= a < b <= len(text) and not text[a].isspace() for a, b in spans)
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == text.replace(" ", "")
    assert max(b - a for a, b in spans) < 400
