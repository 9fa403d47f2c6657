"""Wording that lost force, and what became of a mention."""

import pytest

from tribune.engine.align import align, weakening
from tribune.engine.types import Mention, Paragraph


@pytest.mark.parametrize(("language", "old", "new", "expected"), [
    ("en", "Plans shall include cities and shall be public.",
     "Plans may include cities, where appropriate, and shall be public.", ("shall → may", "“where appropriate” added")),
    ("en", "Requests States to ensure access.", "Invites States to promote access.",
     ("requests → invites", "ensure → promote")),
    ("en", "We will work with cities.", "We will seek to work with cities.", ("“seek to” added",)),
    ("en", "States shall act.", "[States shall act.]", ("brackets added",)),
    ("en", "States shall act.", "States shall not act.", ("“not” added",)),
    ("fr", "Les plans doivent associer les villes.", "Les plans peuvent associer les villes, le cas échéant.",
     ("doivent → peuvent", "“le cas échéant” added")),
    ("fr", "Les États s'engagent à agir.", "Les États s’efforcent d’agir.", ("s'engagent à → s’efforcent d’",)),
    ("es", "Los planes deberán incluir a las ciudades.", "Los planes podrán incluir a las ciudades, según proceda.",
     ("deberán → podrán", "“según proceda” added")),
    ("ru", "Государства должны привлекать города.", "Государства могут привлекать города, при необходимости.",
     ("должны → могут", "“при необходимости” added")),
    ("ar", "يجب على الدول إشراك المدن في التنفيذ.", "يجوز للدول إشراك المدن في التنفيذ، حسب الاقتضاء.",
     ("يجب → يجوز", "“حسب الاقتضاء” added")),
    ("zh", "各国应当让城市参与。", "各国可酌情让城市参与。", ("应当 → 可", "“酌情” added")),
])
def test_losses_are_named_and_gains_are_not(language, old, new, expected):
    assert weakening(old, new, language) == expected
    assert weakening(new, old, language) == ()


@pytest.mark.parametrize(("language", "old", "new"), [
    ("en", "Meets in April 2025.", "Meets on 3 May 2025."),
    ("en", "As appropriate, cities are heard every year.", "Cities are heard every year, as appropriate."),
    ("en", "Cities act.", "Cities act with political will."),
    ("zh", "各国应当促进发展。", "各国应当促进可持续发展。"),
    ("zh", "各国应当行动。", "各国应当适应。"),
])
def test_words_that_only_look_loose_are_left_alone(language, old, new):
    assert weakening(old, new, language) == ()


def test_of_an_unknown_language_only_brackets_are_judged():
    assert weakening("muss", "[kann]", "de") == ("brackets added",)


def named(number, text, *terms, tier="explicit", kind="operative"):
    mentions = tuple(Mention(term, "local_government", tier, text.index(term), text.index(term) + len(term))
                     for term in terms)
    return Paragraph(number, number, f"{number}.", kind, text, mentions=mentions)


HEARD = "National programmes shall be prepared in consultation with municipal authorities."


@pytest.mark.parametrize(("old", "new", "fates"), [
    (named("1", HEARD, "municipal authorities"), named("2", HEARD, "municipal authorities"), ("kept",)),
    (named("1", HEARD, "municipal authorities"),
     named("2", HEARD.replace("municipal authorities", "local governments"), "local governments"), ("kept",)),
    (named("1", HEARD, "municipal authorities"),
     named("2", HEARD.replace("shall", "may"), "municipal authorities"), ("weakened",)),
    (named("1", HEARD, "municipal authorities"),
     named("2", HEARD.replace("municipal authorities", "experts")), ("deleted",)),
    (named("1", HEARD.replace("municipal authorities", "experts")),
     named("2", HEARD, "municipal authorities"), ("added",)),
    (named("1", HEARD, "municipal authorities", tier="level"),
     named("2", HEARD, "municipal authorities", tier="excluded"), ()),
    (named("1", HEARD, "municipal authorities", kind="note"),
     named("2", HEARD, "municipal authorities", kind="note"), ()),
])
def test_what_became_of_a_mention(old, new, fates):
    found = align([old], [new])
    assert found.pairs[0].mentions == fates
    assert found.mentions == {name: int(name in fates) for name in ("added", "kept", "weakened", "deleted")}


def test_a_loss_in_another_sentence_does_not_weaken_a_mention():
    tail = " Reports shall be published each year."
    old = named("1", HEARD + tail, "municipal authorities")
    new = named("1", HEARD + tail.replace("shall", "may"), "municipal authorities")
    (pair,) = align([old], [new]).pairs
    assert pair.mentions == ("kept",)
    assert pair.reasons == ("shall → may",)


def test_dropped_and_added_paragraphs_take_their_mentions_along():
    old = [named("1", HEARD, "municipal authorities")]
    new = [named("1", "Fishing boats pay no fee on quays that mayors keep.", "mayors")]
    assert {pair.verdict: pair.mentions for pair in align(old, new).pairs} == {
        "dropped": ("deleted",), "added": ("added",)}
