"""Paragraphs find their successors, whatever their numbers."""

import copy
from collections import Counter
from itertools import pairwise

import pytest
from benchmarks.align import climate, edges, greedy, numbered, resolutions, revise
from hypothesis import given, settings
from hypothesis import strategies as st

from tribune.engine.align import align
from tribune.engine.types import PAIR_VERDICTS, Paragraph

TEXT = (
    "The harbour council publishes the timetable of every ferry before the first of March.",
    "Fishing boats under nine metres pay no fee for berths on the northern quay.",
    "Schools near the lighthouse open their libraries to pensioners on rainy afternoons.",
    "The observatory lends telescopes to villages that have switched off their street lamps.",
    "Beekeepers record the flowering of lime trees, and the archive keeps their notebooks.",
    "A ferry that is late by more than an hour carries its passengers free of charge.",
    "The orchestra rehearses in the old customs hall, which the council heats in winter.",
    "Bicycles may be carried on all trams except during the two busiest hours of the morning.",
)
SIX = {
    "en": ("Cities shall keep a register of wells.", "Regions publish their budgets every spring."),
    "fr": ("Les villes tiennent un registre des puits.", "Les régions publient leurs budgets au printemps."),
    "es": ("Las ciudades llevan un registro de pozos.", "Las regiones publican sus presupuestos en primavera."),
    "ru": ("Города ведут реестр колодцев и родников.", "Регионы публикуют бюджеты каждую весну."),
    "ar": ("تحتفظ المدن بسجل للآبار والينابيع.", "تنشر المناطق ميزانياتها في كل ربيع."),
    "zh": ("各城市应当保存水井登记册。", "各地区每年春季公布预算。"),
}
ITEMS = st.lists(st.sampled_from([*TEXT, *TEXT[:2], "[Agreed]", "[]", "", "—", "Roads", "No change.", *SIX["zh"],
                                  TEXT[0] + " " + TEXT[1], TEXT[2][:50], TEXT[3].replace("villages", "towns")])
                 | st.text(max_size=20), max_size=14)


def shown(old, new):
    return [(pair.old, pair.new, pair.verdict) for pair in align(old, new).pairs]


def only(old, new, verdict):
    (pair,) = [pair for pair in align(old, new).pairs if pair.verdict == verdict]
    return pair


def heading(text, n=1):
    return Paragraph(f"h.{n}", "", "", "heading", text)


@settings(max_examples=150, deadline=None)
@given(ITEMS, ITEMS)
def test_every_paragraph_is_in_exactly_one_pair(left, right):
    old, new = numbered(left), numbered(right, 100)
    before = copy.deepcopy((old, new))
    found = align(old, new)
    assert Counter(name for pair in found.pairs for name in pair.old) == Counter(p.id for p in old)
    assert Counter(name for pair in found.pairs for name in pair.new) == Counter(p.id for p in new)
    assert (old, new) == before
    assert found == align(old, new)
    assert found.summary == {name: sum(p.verdict == name for p in found.pairs) for name in PAIR_VERDICTS}
    texts = {p.id: p.text for p in (*old, *new)}
    for pair in found.pairs:
        assert 0 <= pair.score <= 1
        assert len(pair.old) <= 1 or len(pair.new) <= 1
        assert "".join(t for s, t in pair.redline if s in "=-") == "\n".join(texts[name] for name in pair.old)
        assert "".join(t for s, t in pair.redline if s in "=+") == "\n".join(texts[name] for name in pair.new)
    leads = [int(pair.new[0]) for pair in found.pairs if pair.new]
    assert all(one < two for one, two in pairwise(leads))


@settings(max_examples=60, deadline=None)
@given(ITEMS)
def test_a_text_against_itself_is_all_kept(texts):
    found = align(numbered(texts), numbered(texts, 300))
    assert [pair.verdict for pair in found.pairs] == ["kept"] * len(texts)
    assert all(pair.score == 1 for pair in found.pairs)


@pytest.mark.parametrize("language", sorted(SIX))
def test_six_languages(language):
    one, two = SIX[language]
    assert shown(numbered([one, two]), numbered([two], 7)) == [(("1",), (), "dropped"), (("2",), ("7",), "kept")]
    joined = align(numbered([one, two]), numbered([f"{one} {two}"], 7)).pairs
    assert [(pair.old, pair.verdict) for pair in joined] == [(("1", "2"), "merged")]


def test_nothing_one_and_two():
    one, two = numbered(TEXT[:1]), numbered(TEXT[:2])
    assert align([], []).pairs == ()
    assert align([], []).summary == dict.fromkeys(PAIR_VERDICTS, 0)
    assert shown(one, []) == [(("1",), (), "dropped")]
    assert shown([], one) == [((), ("1",), "added")]
    assert shown(one, two) == [(("1",), ("1",), "kept"), ((), ("2",), "added")]


def test_a_renumbered_paragraph_is_kept_not_moved():
    new = numbered(("Wholly new words stand in front of everything.", *TEXT))
    found = align(numbered(TEXT), new)
    assert found.summary["kept"] == 8
    assert found.summary["added"] == 1
    assert found.summary["moved"] == 0


def test_quotes_dashes_spaces_and_unicode_forms_are_no_change_of_wording():
    old = numbered(["The “open” data – all of it – is kept in cafe\u0301s, non‑stop, for devel opment."])
    new = numbered(["The \"open\" data - all of\u00a0it - is kept in café\u0073, non-stop, for development."])
    assert shown(old, new)[0][2] == "kept"


def test_one_changed_word_or_comma_is_an_edit():
    for changed in (TEXT[1].replace("nine", "ten"), TEXT[1].replace("metres", "metres,"), TEXT[1].upper()):
        assert shown(numbered([TEXT[1]]), numbered([changed]))[0][2] == "edited"


def test_as_few_as_possible_count_as_moved():
    order = (0, 1, 5, 2, 3, 4, 6, 7)
    found = align(numbered(TEXT), numbered(TEXT[k] for k in order))
    assert [(pair.old, pair.verdict) for pair in found.pairs if pair.verdict != "kept"] == [(("6",), "moved")]


def test_moved_and_slightly_changed_is_moved_and_much_changed_says_both():
    slightly = TEXT[7].replace("two busiest", "three busiest")
    assert only(numbered(TEXT), numbered((slightly, *TEXT[:7])), "moved").old == ("8",)
    much = TEXT[7].replace("during the two busiest hours of the morning", "on market days and when the harbour is shut")
    pair = only(numbered(TEXT), numbered((much, *TEXT[:7])), "edited")
    assert pair.old == ("8",)
    assert "moved" in pair.reasons


def test_split_in_two_with_a_changed_seam():
    parts = ("Beekeepers record the flowering of lime trees.", "The archive keeps their notebooks.")
    pair = only(numbered(TEXT), numbered((*TEXT[:4], *parts, *TEXT[5:])), "split")
    assert (pair.old, pair.new) == (("5",), ("5", "6"))


def test_merged_from_two():
    one = TEXT[0].rstrip(".") + ", and " + TEXT[1]
    pair = only(numbered(TEXT), numbered((one, *TEXT[2:])), "merged")
    assert (pair.old, pair.new) == (("1", "2"), ("1",))


def test_dropped_is_shown_at_its_old_place():
    assert shown(numbered(TEXT[:4]), numbered((TEXT[0], TEXT[1], TEXT[3])))[2] == (("3",), (), "dropped")


def test_an_agreed_mark_follows_its_place():
    old = numbered(("[Agreed]", TEXT[0], "[Agreed]", TEXT[1], TEXT[2], "[Agreed]"))
    new = numbered((TEXT[0], "[Agreed]", TEXT[1], TEXT[2].replace("rainy", "quiet"), "[Agreed]"))
    assert shown(old, new) == [
        (("1",), (), "dropped"), (("2",), ("1",), "kept"), (("3",), ("2",), "kept"), (("4",), ("3",), "kept"),
        (("5",), ("4",), "edited"), (("6",), ("5",), "kept")]


def test_a_lone_agreed_mark_elsewhere_is_no_move():
    old, new = numbered(("[Agreed]", *TEXT)), numbered((*TEXT[:6], "[Agreed]", *TEXT[6:]))
    verdicts = Counter(verdict for _, _, verdict in shown(old, new))
    assert verdicts == {"kept": 8, "dropped": 1, "added": 1}


def test_headings_pair_with_headings_only():
    old = [heading("Ferries and quays"), *numbered(TEXT[:2])]
    new = [Paragraph("1", "1", "1.", "operative", "Ferries and quays"), heading("Quays"), *numbered(TEXT[:2], 2)]
    found = edges(align(old, new).pairs)
    assert ("h.1", "1") not in found
    assert {("1", "2"), ("2", "3")} <= found


def test_sub_paragraphs_stand_for_themselves():
    old = [Paragraph("1", "1", "1.", "operative", "Asks the council:"),
           Paragraph("1.a", "1(a)", "(a)", "sub", TEXT[0]), Paragraph("1.b", "1(b)", "(b)", "sub", TEXT[1])]
    new = [Paragraph("4", "4", "4.", "operative", "Asks the council:"),
           Paragraph("4.a", "4(a)", "(a)", "sub", TEXT[1])]
    assert shown(old, new) == [(("1",), ("4",), "kept"), (("1.a",), (), "dropped"), (("1.b",), ("4.a",), "kept")]


def test_nothing_alike_is_dropped_and_added():
    assert {verdict for _, _, verdict in shown(numbered(TEXT[:4]), numbered(TEXT[4:]))} == {"dropped", "added"}


def score(found, true):
    return 2 * len(found & true) / (len(found) + len(true))


@pytest.mark.parametrize("seed", range(6))
def test_invented_text_with_known_truth(seed):
    nouns = ("ferry", "well", "library", "orchard", "tram", "kiln", "lantern", "archive", "bridge", "market")
    old = numbered(f"The {a} of the {b} {n % 7} is opened to every visitor who brings a {c}, and the keeper of the "
                   f"{d} writes {n} names into the book of {a}s; the {c} is given back when the {b} closes."
                   for n, (a, b, c, d) in enumerate(
                       (nouns[k % 10], nouns[(k * 3 + k // 10) % 10], nouns[(k * 7 + 1) % 10], nouns[(k * k + 2) % 10])
                       for k in range(40)))
    made = revise(old, TEXT, seed, {"light": 0.05, "drop": 0.1, "add": 0.1})
    found = align(old, made.new)
    assert score(edges(found.pairs), made.edges) >= 0.9
    kept = {name for pair in found.pairs if pair.verdict == "kept" for name in pair.old}
    assert made.untouched <= kept


@pytest.mark.real
def test_real_texts_with_known_truth(real_data):
    drafts = [[text for _, text in row["draft_paras"]] for row in resolutions(real_data)][:20]
    texts = [*(text for text in drafts if len(text) >= 20), *climate(real_data).values()]
    right = found = true = peer_right = 0
    for n, text in enumerate(texts):
        old = numbered(dict.fromkeys(text))
        made = revise(old, [p for p in texts[n - 3] if len(p) > 60], 77 + n)
        alignment = align(old, made.new)
        ours = edges(alignment.pairs)
        right, found, true = right + len(ours & made.edges), found + len(ours), true + len(made.edges)
        peer_right += len(greedy(old, made.new) & made.edges)
        kept = {name for pair in alignment.pairs if pair.verdict == "kept" for name in pair.old}
        assert made.untouched <= kept
    assert 2 * right / (found + true) >= 0.98
    assert right > peer_right


@pytest.mark.real
@pytest.mark.parametrize(("draft", "words"), [("A/C.2/80/L.28", "at the subnational and municipal levels"),
                                              ("A/C.2/80/L.40", "13 subnational authorities")])
def test_real_deletions_are_found(real_data, draft, words):
    (row,) = [row for row in resolutions(real_data) if row["draft"] == draft]
    old, new = (numbered(text for _, text in row[side]) for side in ("draft_paras", "final_paras"))
    struck = [pair for pair in align(old, new).pairs
              if any(sign == "-" and words in text for sign, text in pair.redline)]
    assert [pair.verdict for pair in struck] == ["dropped"]
