"""What counts as naming a local government, trap by trap, in six languages."""

from itertools import pairwise

import pytest

from tribune.engine.mentions import find_mentions


def tiers(text: str, language: str) -> list[tuple[str, str]]:
    return [(m.term, m.tier) for m in find_mentions(text, language)]


def explicit(text: str, language: str) -> list[str]:
    return [term for term, tier in tiers(text, language) if tier == "explicit"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Invites local authorities to act", "local authorities"),
        ("with regional, national and local governments", "regional, national and local governments"),
        ("with local and other authorities", "local and other authorities"),
        ("national, regional and local education authorities", "national, regional and local education authorities"),
        ("between local and State governments", "local and state governments"),
        ("the sub-national and local governments", "sub-national and local governments"),
        ("authorities at the subnational level", "authorities at the subnational level"),
        ("13 subnational authorities", "subnational authorities"),
        ("the European Charter of Local Self-Government", "local self-government"),
        ("the Global Covenant of Mayors", "global covenant of mayors"),
        ("municipalities15 and others", "municipalities"),
        ("the Abia state government", "state government"),
        ("local\nauthorities", "local authorities"),
    ],
)
def test_english_actors_are_explicit(text: str, named: str) -> None:
    assert explicit(text, "en") == [named]


@pytest.mark.parametrize(
    "text",
    [
        "national and local strategies",
        "at the subnational and municipal levels",
        "in urban areas",
        "all levels of government",
        "institutions at all levels",
        "making cities and human settlements inclusive",
        "held in the city of Baku",
        "localization of the Sustainable Development Goals",
    ],
)
def test_english_levels_and_places_may_mean_them_and_are_not_explicit(text: str) -> None:
    assert [tier for _, tier in tiers(text, "en")] == ["level"]


@pytest.mark.parametrize(
    "text",
    [
        "Heads of State and Government",
        "Heads of State or Government",
        "the Creative Cities Network",
        "Indigenous Peoples and local communities",
        "regional and subregional organizations",
        "the New Urban Agenda8",
        "the territorial Government",
        "the Board of Governors",
        "efforts by the regional Governments of West Africa",
    ],
)
def test_lookalikes_are_excluded_with_a_reason(text: str) -> None:
    (mention,) = find_mentions(text, "en")
    assert mention.tier == "excluded"
    assert mention.reason


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("building capacities and velocities; localities aside", "en"),
        ("the national Government and its allocation of funds", "en"),
        ("lrgs are written in capitals", "en"),
        ("notre histoire commune et la sécurité commune", "fr"),
        ("بناء على تعليمات من حكومة بلدي", "ar"),
        ("市场和城际", "zh"),
        ("организация Мэрикнолл", "ru"),
    ],
)
def test_words_inside_words_are_no_mention(text: str, language: str) -> None:
    assert explicit(text, language) == []


def test_abbreviation_counts_in_capitals_only() -> None:
    assert tiers("LRGs and LRG", "en") == [("LRGs", "explicit"), ("LRG", "explicit")]


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("cities and local authorities should act", "explicit"),
        ("invites cities to report", "explicit"),
        ("cities should report", "explicit"),
        ("governments, cities and communities", "explicit"),
        ("economic activities in cities and towns", "level"),
        ("cities, urban and rural areas", "level"),
    ],
)
def test_cities_are_explicit_only_where_they_act(text: str, tier: str) -> None:
    assert tiers(text, "en")[0][1] == tier


@pytest.mark.parametrize(
    ("language", "text", "named"),
    [
        ("fr", "aux autorités nationales, régionales et locales", "autorités nationales, régionales et locales"),
        ("fr", "l’administration locale", "administration locale"),
        ("fr", "LES COLLECTIVITES TERRITORIALES", "collectivites territoriales"),
        ("fr", "l'assemblée municipale de Lyon", "assemblée municipale"),
        ("es", "las autoridades regionales y locales", "autoridades regionales y locales"),
        ("es", "los alcaldes", "alcaldes"),
        ("es", "los gobiernos subnacionales", "gobiernos subnacionales"),
        ("ru", "национальными и местными органами власти", "национальными и местными органами власти"),
        ("ru", "органов местного самоуправления", "органов местного самоуправления"),
        ("ru", "мэров", "мэров"),
        ("zh", "请区域和地方当局采取行动", "区域和地方当局"),
        ("zh", "各国家和地\n方政府", "国家和地 方政府"),
        ("zh", "以及市长", "市长"),
        ("ar", "تدعو السلطات الوطنية والمحلية", "السلطات الوطنية والمحلية"),
        ("ar", "وللسّلـــطات المحلّية", "وللسّلـــطات المحلّية"),
        ("ar", "البلديات", "البلديات"),
        ("ar", "وبالبلديات", "وبالبلديات"),
        ("ar", "ومسؤولي الحكومات المحلية", "ومسؤولي الحكومات المحلية"),
    ],
)
def test_other_languages_with_their_forms(language: str, text: str, named: str) -> None:
    assert explicit(text, language) == [named]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "les chefs d’État et de gouvernement"),
        ("fr", "les communautés locales"),
        ("es", "los Jefes de Estado y de Gobierno"),
        ("es", "las comunidades locales"),
        ("ru", "главы государств и правительств"),
        ("ru", "местных общин"),
        ("zh", "国家元首和政府首脑"),
        ("zh", "创意城市网络"),
        ("ar", "رؤساء الدول والحكومات"),
        ("ar", "والمجتمعات المحلية"),
    ],
)
def test_other_languages_exclude_their_lookalikes(language: str, text: str) -> None:
    assert [tier for _, tier in tiers(text, language)] == ["excluded"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "aux niveaux national et local"),
        ("es", "a nivel nacional y local"),
        ("ru", "на национальном и местном уровнях"),
        ("zh", "国家和地方各级"),
        ("ar", "الصعيدين الوطني والمحلي"),
    ],
)
def test_other_languages_see_levels(language: str, text: str) -> None:
    assert [tier for _, tier in tiers(text, language)] == ["level"]


def test_the_longest_reading_wins_and_nothing_overlaps() -> None:
    mentions = find_mentions("local government officials in urban areas of local communities", "en")
    assert [m.tier for m in mentions] == ["explicit", "level", "excluded"]
    assert mentions[0].term == "local government officials"
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_without_a_language_the_script_decides() -> None:
    text = "local authorities, autorités locales, gobiernos locales, органы местного самоуправления, 地方政府"
    assert len(explicit(text, "")) == 5


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="de"):
        find_mentions("die Kommunen", "de")
