"""Polarity, modality, hedges and brackets never let an ask pass as taken up."""

import pytest

from tribune.engine.uptake._force import bracketed, compare_force, markers

STRONG = {"verbatim", "substance", "kept"}


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("States should exclude cities from the programme", "States should not exclude cities from the programme."),
        ("States shall not levy tolls on city roads", "States shall levy tolls on city roads."),
        ("Les États doivent consulter les villes", "Les États ne doivent pas consulter les villes."),
        ("Los Estados deben consultar a las ciudades", "Los Estados no deben consultar a las ciudades."),
        ("Государства должны консультироваться с городами", "Государства не должны консультироваться с городами."),
        ("يجب على الدول استشارة المدن", "لا يجب على الدول استشارة المدن."),
        ("各国应当征求城市的意见", "各国不应当征求城市的意见。"),
    ],
)
def test_a_reversed_sentence_is_not_taken_up(one, asked, text):
    found = one("ADD", [text], new=asked)
    assert found.verdict not in STRONG
    assert "reversed" in {r.code for r in found.reasons}


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("States shall consult cities on roads", "States may consult cities on roads."),
        ("States shall consult cities on roads", "States should consult cities on roads."),
        ("Urges States to consult cities on roads", "Encourages States to consult cities on roads."),
        ("We commit to consult cities on roads", "We encourage States to consult cities on roads."),
        ("States shall consult cities on roads", "States shall consider to consult cities on roads."),
        ("Les États doivent consulter les villes", "Les États peuvent consulter les villes."),
        ("Los Estados deberán consultar a las ciudades", "Los Estados podrán consultar a las ciudades."),
        ("Государства должны консультироваться с городами", "Государства могут консультироваться с городами."),
        ("يجب على الدول استشارة المدن", "يجوز للدول استشارة المدن."),
        ("各国必须征求城市的意见", "各国可以征求城市的意见。"),
    ],
)
def test_a_weaker_verb_is_at_most_partly(one, asked, text):
    found = one("ADD", [text], new=asked)
    assert found.verdict not in STRONG
    if found.verdict == "partly":
        assert found.direction == "weakened"


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("States shall consult cities on roads", "States shall, as appropriate, consult cities on roads."),
        ("States shall consult cities on roads", "States shall consult cities on roads within existing resources."),
        ("Les États doivent consulter les villes", "Les États doivent, le cas échéant, consulter les villes."),
        ("Los Estados deben consultar a las ciudades", "Los Estados deben, según proceda, consultar a las ciudades."),
        (
            "Государства должны консультироваться с городами",
            "Государства должны, при необходимости, консультироваться с городами.",
        ),
        ("يجب على الدول استشارة المدن", "يجب على الدول، حسب الاقتضاء، استشارة المدن."),
        ("各国必须征求城市的意见", "各国必须酌情征求城市的意见。"),
    ],
)
def test_a_qualification_is_at_most_partly(one, asked, text):
    found = one("ADD", [text], new=asked)
    assert found.verdict == "partly"
    assert found.direction == "weakened"
    assert "hedged" in {r.code for r in found.reasons}


def test_new_brackets_are_at_most_partly(one):
    found = one("ADD", ["States [shall] consult cities on roads."], new="States shall consult cities on roads")
    assert (found.verdict, found.direction) == ("partly", "weakened")
    whole = one("ADD", ["[States shall consult cities on roads.]"], new="States shall consult cities on roads")
    assert whole.verdict == "partly"


def test_a_stronger_verb_than_asked_is_strengthened(one):
    found = one(
        "ADD",
        ["States shall consult the cities on all roads and bridges."],
        new="States should consult the cities on all roads and bridges",
    )
    assert found.direction == "strengthened"


def test_the_same_qualification_as_asked_is_no_weakening(one):
    asked = "States shall, as appropriate, consult cities on roads"
    assert one("ADD", [asked + "."], new=asked).verdict == "verbatim"


def test_a_sub_paragraph_is_bound_by_its_chapeau(paragraphs):
    from tribune.engine.types import Ask, Paragraph
    from tribune.engine.uptake import judge

    text = [
        Paragraph("7", "7", "", "operative", "Encourages Member States:"),
        Paragraph("7.a", "7(a)", "(a)", "sub", "To consult local governments on the plan;"),
    ]
    asked = Ask("a", "ADD", new="Member States shall consult local governments on the plan")
    assert judge([asked], text)[0].verdict not in STRONG


def test_references_in_brackets_are_no_brackets():
    assert not bracketed("Recalls its resolution [12] on cities", 0, 30)
    assert bracketed("Recalls [its resolution] on cities", 0, 30)


def test_markers_have_exact_places():
    text = "Cities may, as appropriate, not wait."
    for marker in markers(text, "en"):
        assert text[marker.start : marker.end].lower() == marker.phrase


def test_a_word_that_grows_in_lower_case_shifts_nothing():
    text = "İİİ shall"
    assert [text[m.start : m.end] for m in markers(text, "en")] == ["shall"]


def test_languages_compare_by_level():
    shift = compare_force(
        "States shall consult cities",
        "Les États peuvent consulter les villes.",
        (0, 38),
        asked_language="en",
        language="fr",
    )
    assert shift.weaker
    same = compare_force(
        "States shall consult cities",
        "Les États doivent consulter les villes.",
        (0, 38),
        asked_language="en",
        language="fr",
    )
    assert not same.short_of
