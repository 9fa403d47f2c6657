"""Each verdict for each kind of ask, as the ground rules define them."""

import pytest

from tribune.engine.types import Ask, Paragraph
from tribune.engine.uptake import judge

DESIGN = "Calls upon Member States to consult local and regional governments in the design of digital policies."
PORTS = "Decides to convene a conference on maritime ports in 2030."
SCHOOLS = "Notes with concern that many rural schools lack a connection to the Internet."


def codes(judgement):
    return {reason.code for reason in judgement.reasons}


def quoted(judgement, texts, where="text"):
    """The words that the first evidence shows."""
    evidence = judgement.evidence[0]
    assert evidence.where == where
    text = texts[int(evidence.paragraph) - 1]
    return " … ".join(text[a:b] for a, b in evidence.spans)


# ADD


def test_add_verbatim_ignores_case_spelling_inflection_and_punctuation(one):
    texts = [PORTS, "States shall organise programmes, with Local Governments, for sub-national dialogue."]
    found = one("ADD", texts, new="organizing programs with local government for subnational dialogue")
    assert found.verdict == "verbatim"
    assert found.evidence[0].paragraph == "2"
    assert quoted(found, texts) == "organise programmes, with Local Governments, for sub-national dialogue"


def test_add_verbatim_bears_a_few_words_between(one):
    found = one("ADD", [DESIGN], new="consult regional governments in the design of policies")
    assert found.verdict == "verbatim"
    assert found.evidence[0].spans == ((28, 35), (46, 83), (92, 100))


def test_add_in_other_words_is_substance(one):
    found = one(
        "ADD",
        [PORTS, DESIGN, SCHOOLS],
        new="calls upon Member States to consult regional and local governments when designing digital policies",
    )
    assert found.verdict == "substance"
    assert found.evidence[0].paragraph == "2"


def test_add_of_which_one_element_is_there_is_partly(one):
    found = one(
        "ADD", [PORTS, DESIGN, SCHOOLS], new="consult local and regional governments in the audit of spectrum auctions"
    )
    assert found.verdict == "partly"


def test_add_that_nobody_took_up_is_none(one):
    found = one("ADD", [PORTS, DESIGN], new="a levy on satellite launches finances broadcasting archives")
    assert found.verdict == "none"
    assert found.direction is None


def test_shared_boilerplate_is_no_uptake(one):
    texts = [PORTS, "Calls upon Member States to strengthen cooperation with the private sector.", SCHOOLS]
    assert one("ADD", texts, new="Calls upon Member States to strengthen municipal courts").verdict == "none"


def test_governance_is_not_government(one):
    assert one("ADD", ["The Internet governance of regional bodies."], new="local governments").verdict == "none"


# CHANGE


def test_change_verbatim_needs_the_new_words_and_the_struck_ones_gone(one):
    found = one(
        "CHANGE",
        ["States shall consult cities."],
        ["States may consult cities."],
        target="1",
        old="may consult",
        new="shall consult",
    )
    assert found.verdict == "verbatim"
    assert found.evidence[0].spans == ((7, 12),)
    assert found.direction == "strengthened"


def test_change_whose_struck_words_still_stand_is_partly(one):
    before = ["Cities in developing countries receive support."]
    after = ["Cities in developing countries receive support and training for their staff."]
    found = one("CHANGE", after, before, target="1", old="support", new="training for their staff")
    assert found.verdict == "partly"
    assert "struck_stands" in codes(found)


def test_change_of_whole_paragraphs_is_judged_by_what_differs(one):
    before = "The Assembly invites States to report on access every five years."
    asked = "The Assembly invites States and cities to report on access every two years."
    assert one("CHANGE", [asked], [before], old=before, new=asked).verdict == "verbatim"
    half = "The Assembly invites States and cities to report on access every five years."
    assert one("CHANGE", [half], [before], old=before, new=asked).verdict == "partly"
    assert one("CHANGE", [before], [before], old=before, new=asked).verdict == "none"


def test_change_of_one_word_is_looked_for_in_the_paragraph_named(one):
    texts = ["States should consult cities.", "Parties shall pay their dues."]
    assert one("CHANGE", texts, target="1", old="should", new="shall").verdict == "none"
    assert one("CHANGE", texts, target="2", old="should", new="shall").verdict == "verbatim"


def test_change_to_a_weaker_word_than_asked_is_none(one):
    found = one(
        "CHANGE",
        ["States may consult cities on roads."],
        ["States should consult cities on roads."],
        target="1",
        old="should",
        new="shall",
    )
    assert found.verdict == "none"


def test_change_that_only_strikes_is_judged_as_striking(one):
    before = "States shall, where possible, consult cities on roads."
    found = one(
        "CHANGE",
        ["States shall consult cities on roads."],
        [before],
        old=before,
        new="States shall consult cities on roads.",
    )
    assert found.verdict == "verbatim"
    assert quoted(found, [before], "old") == "where possible"


# DELETE


def test_delete_verbatim_shows_the_words_in_the_older_text(one):
    before = ["States shall, subject to available resources, consult cities.", PORTS]
    found = one("DELETE", ["States shall consult cities.", PORTS], before, old="subject to available resources")
    assert found.verdict == "verbatim"
    assert quoted(found, before, "old") == "subject to available resources"


def test_delete_of_a_whole_paragraph(one):
    found = one("DELETE", [DESIGN, SCHOOLS], [DESIGN, PORTS, SCHOOLS], target="2")
    assert found.verdict == "verbatim"
    assert found.evidence[0].where == "old"


def test_delete_of_which_some_words_went_is_partly(one):
    before = ["Cities apply for grants within existing budgets and mandates of the regional bank."]
    found = one(
        "DELETE",
        ["Cities apply for grants within existing budgets."],
        before,
        old="within existing budgets and mandates of the regional bank",
    )
    assert found.verdict == "partly"


def test_delete_of_words_that_moved_is_partly(one):
    before = ["States shall, after due national consideration, consult cities.", PORTS, SCHOOLS]
    after = [
        "States shall consult cities.",
        PORTS,
        SCHOOLS[:-1] + ", to be addressed after due national consideration.",
    ]
    found = one("DELETE", after, before, old="after due national consideration")
    assert found.verdict == "partly"
    assert "moved" in codes(found)


def test_delete_of_words_that_stand_is_none(one):
    found = one("DELETE", [PORTS, DESIGN], [PORTS, DESIGN], old="in the design of digital policies")
    assert found.verdict == "none"
    assert quoted(found, [PORTS, DESIGN]) == "in the design of digital policies"


def test_delete_can_be_judged_without_the_older_text_and_says_so(one):
    gone = one("DELETE", ["States shall consult cities."], target="1", old="if they so wish")
    assert gone.verdict == "verbatim"
    assert gone.evidence
    assert "no_older_text" in codes(gone)
    assert one("DELETE", ["States shall consult cities if they so wish."], old="if they so wish").verdict == "none"


# KEEP


def test_keep_that_stands_is_kept(one):
    found = one("KEEP", [PORTS, DESIGN], [PORTS, DESIGN], old="local and regional governments")
    assert found.verdict == "kept"
    assert quoted(found, [PORTS, DESIGN]) == "local and regional governments"


def test_keep_in_substance_is_kept(one):
    after = DESIGN.replace("local and regional", "regional and local")
    assert one("KEEP", [after], [DESIGN], old="consult local and regional governments in the design").verdict == "kept"


@pytest.mark.parametrize(
    ("after", "code"),
    [
        (DESIGN.replace("Calls upon", "Encourages"), "weaker"),
        (DESIGN.replace("consult", "consult, as appropriate,"), "hedged"),
        (DESIGN.replace("local and regional", "[local and regional]"), "bracketed"),
    ],
)
def test_keep_that_became_weaker_is_partly(one, after, code):
    found = one("KEEP", [after], [DESIGN], target="1", old="consult local and regional governments")
    assert found.verdict == "partly"
    assert found.direction == "weakened"
    assert code in codes(found)


def test_keep_that_is_gone_is_removed(one):
    found = one("KEEP", [PORTS, SCHOOLS], [PORTS, DESIGN, SCHOOLS], old="consult local and regional governments")
    assert found.verdict == "removed"
    assert found.direction is None


def test_keep_of_a_paragraph_named_only(one):
    assert one("KEEP", [SCHOOLS, DESIGN], [DESIGN, SCHOOLS], target="1").verdict == "kept"
    assert one("KEEP", [SCHOOLS, PORTS], [DESIGN, SCHOOLS], target="1").verdict == "removed"


# What was there before


@pytest.mark.parametrize("had", ["verbatim", "substance", "partly"])
def test_an_ask_that_was_there_and_is_no_more_is_removed(one, had):
    found = one("ADD", [PORTS], new="consult local and regional governments", previous=had)
    assert found.verdict == "removed"
    assert "removed_since" in codes(found)


def test_an_ask_that_never_was_there_stays_none(one):
    assert one("ADD", [PORTS], new="consult local governments", previous="none").verdict == "none"


def test_words_that_stood_before_are_already_there(one):
    found = one("ADD", [PORTS, DESIGN + " It thanks them."], [PORTS, DESIGN], new="local and regional governments")
    assert (found.verdict, found.already_there) == ("verbatim", True)


def test_words_carried_to_another_paragraph_are_already_there(one):
    before = [PORTS, DESIGN + " They receive timely and adequate open data.", SCHOOLS]
    after = [PORTS, DESIGN, SCHOOLS[:-1] + " and timely and adequate open data."]
    found = one("ADD", after, before, new="timely and adequate open data")
    assert (found.verdict, found.already_there) == ("verbatim", True)


def test_words_that_this_version_inserted_are_credited_and_only_they_are_shown(one):
    before = DESIGN.replace("local and regional governments", "all ministries")
    found = one("ADD", [PORTS, DESIGN], [PORTS, before], new="consult local and regional governments")
    assert (found.verdict, found.already_there) == ("verbatim", False)
    assert quoted(found, [PORTS, DESIGN]) == "local and regional governments"


def test_a_word_that_completes_an_ask_is_credited(one):
    before = DESIGN.replace("and regional ", "")
    found = one("ADD", [DESIGN], [before], new="local and regional governments")
    assert (found.verdict, found.already_there) == ("verbatim", False)
    assert "regional" in quoted(found, [DESIGN])


def test_a_target_that_does_not_exist_is_said_and_the_whole_text_searched():
    text = [Paragraph("4", "4", "", "operative", "States shall consult local governments.")]
    found, = judge([Ask("a", "ADD", target="340", new="consult local governments")], text)
    assert found.verdict == "verbatim"
    assert "no_such_target" in [reason.code for reason in found.reasons]


def test_the_same_text_twice_says_so():
    text = [Paragraph("4", "4", "", "operative", "States shall consult local governments.")]
    found, = judge([Ask("a", "ADD", new="consult local governments")], text, old=text)
    assert found.already_there
    assert "same_text" in [reason.code for reason in found.reasons]


def test_progress_is_told_for_each_ask():
    seen = []
    text = [Paragraph("4", "4", "", "operative", "States shall consult local governments.")]
    judge([Ask(str(n), "ADD", new="local governments") for n in range(3)], text,
          progress=lambda done, of: seen.append((done, of)))
    assert seen == [(1, 3), (2, 3), (3, 3)]
