"""Themes: exact quotes, whatever the order, in six languages, within what an officer decided."""

import json
import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tribune.engine.themes import Contribution, Decisions, Theme, Themes, find_themes, themes_from_json, to_json

BUSES = {
    "en": ["We need more buses at night.", "The night bus should run every half hour.", "Buses stop too early."],
    "fr": ["Il faut plus de bus la nuit.", "Le bus de nuit devrait passer toutes les demi-heures.",
           "Les bus s'arrêtent trop tôt le soir."],
    "es": ["Necesitamos más autobuses por la noche.", "El autobús nocturno debería pasar cada media hora.",
           "Los autobuses terminan demasiado temprano."],
    "ru": ["Нам нужно больше ночных автобусов.", "Ночной автобус должен ходить каждые полчаса.",
           "Автобусы перестают ходить слишком рано."],
    "ar": ["نحتاج إلى المزيد من الحافلات ليلا.", "يجب أن تسير الحافلة الليلية كل نصف ساعة.",
           "تتوقف الحافلات مبكرا جدا."],
    "zh": ["我们需要更多夜间公交车。", "夜班公交车应该每半小时一班。", "公交车停运太早了。"],
}
TREES = {
    "en": ["Plant trees along the river.", "The river bank needs trees and shade.", "More trees by the water, please."],
    "fr": ["Plantez des arbres le long de la rivière.", "La berge a besoin d'arbres et d'ombre.",
           "Plus d'arbres au bord de l'eau."],
    "es": ["Planten árboles a lo largo del río.", "La orilla del río necesita árboles y sombra.",
           "Más árboles junto al agua."],
    "ru": ["Посадите деревья вдоль реки.", "Берегу реки нужны деревья и тень.", "Больше деревьев у воды."],
    "ar": ["ازرعوا الأشجار على طول النهر.", "تحتاج ضفة النهر إلى الأشجار والظل.", "مزيد من الأشجار قرب الماء."],
    "zh": ["沿河种树。", "河岸需要树木和树荫。", "请在水边多种树。"],
}


def both(languages):
    return [Contribution(f"{word}-{code}-{n}", text, code)
            for word, texts in (("bus", BUSES), ("tree", TREES))
            for code in languages for n, text in enumerate(texts[code])]


def holds(found: Themes, contributions):
    """What holds of every result."""
    texts = {one.id: one.text for one in contributions}
    placed = set()
    for theme in found.themes:
        assert theme.members == tuple(sorted(set(theme.members)))
        assert theme.size == len(theme.members)
        assert theme.label.strip()
        for quote in (*theme.quotes, *theme.passages):
            assert 0 <= quote.start < quote.end <= len(texts[quote.id])
            assert texts[quote.id][quote.start : quote.end].strip()
            assert quote.id in theme.members
        if not theme.name:
            for part in theme.label.split(" · "):
                assert any(part in texts[i] for i in theme.members)
        placed |= set(theme.members)
    assert placed.isdisjoint(found.unassigned)
    assert placed | set(found.unassigned) == set(texts)
    assert len({theme.id for theme in found.themes}) == len(found.themes)
    assert [theme.size for theme in found.themes] == sorted((t.size for t in found.themes), reverse=True)
    assert themes_from_json(json.loads(json.dumps(to_json(found)))) == found


def theme_of(found: Themes, one: str) -> list[Theme]:
    return [theme for theme in found.themes if one in theme.members]


@pytest.mark.parametrize("language", sorted(BUSES))
def test_two_subjects_in_one_language_are_two_themes(language):
    said = both([language])
    found = find_themes(said)
    holds(found, said)
    for theme in found.themes:
        assert len({i.split("-")[0] for i in theme.members}) == 1
    assert len(found.unassigned) <= 2


def test_two_subjects_in_six_languages_are_two_themes():
    said = both(sorted(BUSES))
    found = find_themes(said)
    holds(found, said)
    largest = found.themes[:2]
    for theme in largest:
        assert len({i.split("-")[0] for i in theme.members}) == 1
        assert len({i.split("-")[1] for i in theme.members}) >= 5
        assert len({quote.id.split("-")[1] for quote in theme.quotes}) >= 4
    assert sum(theme.size for theme in largest) >= 28


def test_labels_are_words_of_content_in_the_language_spoken():
    found = find_themes(both(["en"]))
    labels = " ".join(theme.label.lower() for theme in found.themes)
    assert "bus" in labels
    assert "trees" in labels
    assert not {"the", "should", "we", "of", "too"} & set(labels.split())


@pytest.mark.parametrize("n", [0, 1, 2])
def test_hardly_any_contributions(n):
    said = both(["en"])[:n]
    found = find_themes(said)
    holds(found, said)
    assert n > 1 or not found.themes


def test_what_has_no_words_is_unassigned_and_said():
    said = [*both(["en"]), Contribution("blank", " \n "), Contribution("dots", "…!?")]
    found = find_themes(said)
    holds(found, said)
    assert {"blank", "dots"} <= set(found.unassigned)
    assert [code for code, _ in found.notices][:2] == ["no_words", "no_words"]


def test_a_language_that_the_encoder_does_not_know_is_said():
    found = find_themes([*both(["en"]), Contribution("sw", "Tunahitaji mabasi zaidi usiku", "sw")])
    assert ("foreign_language", "'sw': the encoder was not trained on the language 'sw'") in found.notices


def test_order_does_not_matter():
    said = both(["en", "fr", "zh"])
    expected = find_themes(said)
    for seed in range(3):
        shuffled = said[:]
        random.Random(seed).shuffle(shuffled)
        assert find_themes(shuffled) == expected


def test_a_long_contribution_may_be_in_several_themes():
    long = Contribution("long", " ".join([*BUSES["en"], "These are the wishes of our street, after a long evening.",
                                          *TREES["en"], "Thank you for reading all of this letter to the end."]), "en")
    said = [*both(["en"]), long]
    found = find_themes(said)
    holds(found, said)
    assert len(theme_of(found, "long")) == 2


def test_form_letters_are_counted_as_members_but_shape_once():
    said = both(["en"])
    copies = [Contribution(f"copy-{n}", BUSES["en"][0] + " " * (n % 2)) for n in range(40)]
    found = find_themes([*said, *copies])
    holds(found, [*said, *copies])
    [theme] = theme_of(found, "bus-en-0")
    assert {f"copy-{n}" for n in range(40)} <= set(theme.members)
    assert theme.distinct <= 3
    assert len(theme_of(found, "tree-en-0")) == 1
    quoted = [said_ for said_ in theme.quotes if said_.id.startswith("copy")]
    assert len(quoted) <= 1


def test_one_letter_sent_often_is_no_theme_of_many():
    copies = [Contribution(f"copy-{n}", "Give us a swimming pool in the north of the city.") for n in range(9)]
    assert find_themes(copies).themes == ()


def test_what_she_fixed_is_there_and_nowhere_else():
    said = both(["en"])
    mine = {"Green nights": ["bus-en-0", "tree-en-0"], "Other": ["tree-en-2"]}
    found = find_themes(said, decisions=Decisions(fixed=mine, labels={"Other": "Water"}))
    holds(found, said)
    byname = {theme.name: theme for theme in found.themes if theme.name}
    assert set(mine["Green nights"]) <= set(byname["Green nights"].members)
    assert byname["Other"].label == "Water"
    for name, ids in mine.items():
        for one in ids:
            assert [theme.name for theme in theme_of(found, one)] == [name]


def test_a_contribution_in_two_themes_of_hers_is_in_both():
    said = both(["en"])
    found = find_themes(said, decisions=Decisions(fixed={"A": ["bus-en-0"], "B": ["bus-en-0", "tree-en-0"]}))
    assert {theme.name for theme in theme_of(found, "bus-en-0")} == {"A", "B"}


def test_merged_apart_and_loose_bind():
    said = both(["en", "fr"])
    decisions = Decisions(merged=[["bus-en-0", "tree-en-0"]], apart=[("bus-en-1", "bus-en-2")], loose=["tree-fr-0"])
    found = find_themes(said, decisions=decisions)
    holds(found, said)
    assert any({"bus-en-0", "tree-en-0"} <= set(theme.members) for theme in found.themes)
    assert not any({"bus-en-1", "bus-en-2"} <= set(theme.members) for theme in found.themes)
    assert "tree-fr-0" in found.unassigned


@pytest.mark.parametrize(("decisions", "words"), [
    (Decisions(fixed={"A": ["bus-en-0"]}, loose=["bus-en-0"]), "stay unassigned"),
    (Decisions(fixed={"A": ["bus-en-0"], "B": ["bus-en-1"]}, merged=[["bus-en-0", "bus-en-1"]]), "share a theme"),
    (Decisions(fixed={"A": ["bus-en-0", "bus-en-1"]}, apart=[("bus-en-0", "bus-en-1")]), "to be apart"),
    (Decisions(merged=[["bus-en-0", "bus-en-1"]], apart=[("bus-en-1", "bus-en-0")]), "to be apart"),
    (Decisions(apart=[("bus-en-0", "bus-en-0")]), "apart from itself"),
    (Decisions(merged=[["bus-en-0", "bus-en-1"]], loose=["bus-en-1"]), "stay unassigned"),
])
def test_decisions_that_contradict_each_other_are_refused(decisions, words):
    with pytest.raises(ValueError, match=words):
        find_themes(both(["en"]), decisions=decisions)


def test_a_decision_on_a_contribution_that_went_is_set_aside():
    decisions = Decisions(fixed={"A": ["gone", "bus-en-0"]}, apart=[("gone", "bus-en-1")])
    found = find_themes(both(["en"]), decisions=decisions)
    assert ("unknown_contribution", "a decision names 'gone', which is not there") in found.notices
    assert theme_of(found, "bus-en-0")[0].name == "A"


def test_an_id_that_comes_twice_is_refused():
    with pytest.raises(ValueError, match="comes twice"):
        find_themes([Contribution("1", "a"), Contribution("1", "b")])


def test_progress_goes_through_all_steps():
    heard = []
    find_themes(both(["en"]), progress=lambda step, done, of: heard.append((step, done, of)))
    assert list(dict.fromkeys(step for step, _, _ in heard)) == ["passages", "meaning", "themes", "labels"]
    assert all(0 <= done <= of for _, done, of in heard)


def test_offsets_count_in_composed_text():
    text = unicodedata.normalize("NFD", "  Élargir les pistes cyclables près de l'école.")
    said = [Contribution("a", text, "fr"), Contribution("b", "Des pistes cyclables plus larges à l'école.", "fr"),
            Contribution("c", "Les pistes cyclables de l'école sont étroites.", "fr")]
    found = find_themes(said, decisions=Decisions(fixed={"pistes": ["a", "b", "c"]}))
    composed = unicodedata.normalize("NFC", text)
    [span] = [quote for quote in found.themes[0].passages if quote.id == "a"]
    assert composed[span.start : span.end] == composed.strip()


HOSTILE = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\ud800\x00\u200b\u202e\ufeff🏙️。.! \n市عд")),
                  max_size=80)


@settings(max_examples=40, deadline=None)
@given(st.lists(HOSTILE, max_size=8), st.randoms(use_true_random=False))
def test_any_texts_hold(texts, dice):
    said = [Contribution(str(n), text) for n, text in enumerate(texts)] + both(["en"])[:2]
    found = find_themes(said)
    holds(found, said)
    dice.shuffle(said)
    assert find_themes(said) == found


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_decisions_bind(data):
    said = both(["en", "zh"])
    ids = [one.id for one in said]
    some = st.lists(st.sampled_from(ids), max_size=4, unique=True)
    decisions = Decisions(
        fixed=data.draw(st.dictionaries(st.sampled_from("AB"), some, max_size=2)),
        merged=data.draw(st.lists(some, max_size=2)),
        apart=data.draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=3)),
        loose=data.draw(some),
    )
    try:
        found = find_themes(said, decisions=decisions)
    except ValueError:
        return
    holds(found, said)
    sets = [set(theme.members) for theme in found.themes]
    for name, fixed in decisions.fixed.items():
        for one in fixed:
            assert name in [theme.name for theme in theme_of(found, one)]
            assert {theme.name for theme in theme_of(found, one)} <= {n for n, i in decisions.fixed.items() if one in i}
    for group in decisions.merged:
        assert len(group) < 2 or any(set(group) <= members for members in sets)
    for pair in decisions.apart:
        assert not any(set(pair) <= members for members in sets)
    assert set(decisions.loose) <= set(found.unassigned)


@pytest.mark.real
def test_old_and_long_contributions_keep_exact_quotes(real_data):
    from tribune.engine.text import read

    said = []
    for path in sorted((real_data / "contributions" / "netmundial").glob("*.txt"))[:25]:
        document = read(path.read_bytes(), name=path.name)
        said.append(Contribution(path.stem, "\n".join(p.text for p in document.paragraphs), document.language))
    found = find_themes(said)
    holds(found, said)
    assert len(found.themes) >= 5
    assert any(len(theme_of(found, one.id)) > 3 for one in said)
