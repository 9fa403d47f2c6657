"""The sample story holds together: keys resolve, quotes stand where they say, the truth is true."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tribune.engine.types import VERDICTS

SAMPLE = files("tribune.project") / "sample"
SIX = ("en", "fr", "es", "ar", "ru", "zh")
TEXTS = [(v, code) for v in ("zero", "rev1", "adopted") for code in (SIX if v == "rev1" else SIX[:2])]
STEPS = [("zero_rev1", "zero", "rev1"), ("rev1_adopted", "rev1", "adopted")]
TABLES = sorted(one.name[:-5] for one in SAMPLE.iterdir() if one.name.endswith(".json"))
SCRIPTS = {"ar": r"[\u0600-\u06ff]", "ru": r"[\u0400-\u04ff]", "zh": r"[\u4e00-\u9fff]"}
REAL_CITIES = re.compile(
    r"\b(Gen[eè]v[ae]|Ginebra|New York|Paris|London|Nairobi|Bonn|Vienna|Barcelona|Montr[eé]al|Lima|Bogotá"
    r"|Dakar|Accra|Abidjan|Kigali|Cairo|Tunis|Rabat|Amman|Muscat|Dubai|Riyadh|Mumbai|Delhi|Chennai|Beijing|Shanghai"
    r"|Shenzhen|Tokyo|Seoul|Jakarta|Suva|Auckland|Sydney|Moscow|Odess?a|Kyiv|Chisinau|Warsaw|Berlin|Hamburg|Z[uü]rich"
    r"|Lausanne|Lyon|Rome|Milan|Madrid|Lisbon|Porto|Salvador|Bahia|Recife|Quito|Santiago|Halifax|Toronto|Nouakchott|Zanzibar"
    r"|Port Azur|Nova Ribeira|Kalmora|Tamsaout|Vellamo|Lindhaven|Quíbora)\b"
)


@cache
def table(name: str) -> Any:
    return json.loads((SAMPLE / f"{name}.json").read_text(encoding="utf-8"))


@cache
def truth() -> Any:
    return json.loads((SAMPLE / "texts" / "truth.json").read_text(encoding="utf-8"))


@cache
def text(version: str, language: str) -> dict[str, str]:
    """Paragraph id → text, by the plain rules of the sample's Markdown."""
    source = (SAMPLE / "texts" / f"{version}.{language}.md").read_text(encoding="utf-8")
    blocks = source.strip().split("\n\n")
    assert blocks[0].startswith("# ")
    assert blocks[1].startswith("Symbol: HC/")
    found: dict[str, str] = {}
    preamble, headings, above, prefix = 0, 0, "", ""
    for block in blocks[2:]:
        if block.startswith("## "):
            headings += 1
            prefix = "annex1." if headings == 7 else ""
        elif numbered := re.match(r"(\d+)\. ", block):
            above = prefix + numbered[1]
            found[above] = block[numbered.end() :]
        elif sub := re.match(r"\(([a-z])\) ", block):
            found[f"{above}.{sub[1]}"] = block[sub.end() :]
        else:
            assert headings == 1, block
            preamble += 1
            found[f"pre.{preamble}"] = block
    return found


def walk(thing: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    yield path, thing
    if isinstance(thing, dict):
        for key, value in thing.items():
            yield from walk(value, f"{path}/{key}")
    elif isinstance(thing, list):
        for place, value in enumerate(thing):
            yield from walk(value, f"{path}/{place}")


def keys(rows: list[dict[str, Any]]) -> set[str]:
    found = [row["key"] for row in rows]
    assert len(found) == len(set(found))
    return set(found)


def contributions() -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in table("contributions")}


@pytest.mark.parametrize(("version", "language"), TEXTS)
def test_every_language_of_a_version_has_the_same_numbers(version: str, language: str) -> None:
    paragraphs = text(version, language)
    assert list(paragraphs) == list(text(version, "en"))
    numbers = [int(one) for one in paragraphs if one.isdigit()]
    assert numbers == list(range(1, {"zero": 33, "rev1": 34, "adopted": 35}[version] + 1))
    assert all(paragraphs.values())
    if language in SCRIPTS:
        assert all(re.search(SCRIPTS[language], one) for one in paragraphs.values())


@pytest.mark.parametrize(("step", "old", "new"), STEPS)
def test_truth_pairs_each_paragraph_once_and_says_what_the_texts_say(step: str, old: str, new: str) -> None:
    pairs = truth()["pairs"][step]
    assert sorted(i for pair in pairs for i in pair["old"]) == sorted(text(old, "en"))
    assert sorted(i for pair in pairs for i in pair["new"]) == sorted(text(new, "en"))
    for language in ("en", "fr"):
        before, after = text(old, language), text(new, language)
        for pair in pairs:
            same = [before[i] for i in pair["old"]] == [after[i] for i in pair["new"]]
            if pair["verdict"] in ("kept", "moved"):
                assert same, pair
            else:
                assert not same, pair
    counts = Counter(pair["verdict"] for pair in pairs)
    assert counts["edited"] >= 6
    assert (counts["moved"], counts["split"], counts["merged"], counts["dropped"]) == (2, 1, 1, 2)
    assert counts["added"] >= 3


NAMED = {
    "en": r"local and regional governments|local authorities|municipalities",
    "fr": r"collectivités locales et régionales|autorités locales|municipalités",
    "es": r"gobiernos locales y regionales|autoridades locales|municipios",
    "ar": r"الحكومات المحلية والإقليمية|السلطات المحلية|البلديات",
    "ru": r"местны\w+ и региональны\w+ орган|местными властями|муниципалитет",
    "zh": r"地方和区域政府|地方当局|市镇政府",
}


@pytest.mark.parametrize(("version", "language"), TEXTS)
def test_local_governments_are_named_where_the_truth_says(version: str, language: str) -> None:
    named = [one for one, words in text(version, language).items() if re.search(NAMED[language], words)]
    assert named == truth()["mentions"][version]["explicit"]


@pytest.mark.parametrize(("step", "old", "new"), STEPS)
def test_mention_changes_cover_the_mentions_of_both_versions(step: str, old: str, new: str) -> None:
    changes = truth()["mention_changes"][step]
    lost = [i for c in changes for i in c["old"] if c["change"] != "added"]
    assert sorted(lost) == sorted(truth()["mentions"][old]["explicit"])
    gained = [i for c in changes for i in c["new"] if c["change"] != "deleted"]
    assert sorted(gained) == sorted(truth()["mentions"][new]["explicit"])


def test_cities_are_twelve_on_every_continent_with_real_clocks() -> None:
    cities = table("cities")
    assert len(keys(cities)) == 12
    assert sum(one["kind"] == "region" for one in cities) == 3
    assert len({one["un_region"] for one in cities}) == 5
    assert {one["income_group"] for one in cities} == {"low", "lower_middle", "upper_middle", "high"}
    for one in cities:
        assert ZoneInfo(one["timezone"])
        assert -90 <= one["latitude"] <= 90
        assert -180 <= one["longitude"] <= 180


def test_people_belong_somewhere_and_reach_nobody() -> None:
    cities, organisations = {one["key"]: one for one in table("cities")}, keys(table("organisations"))
    people = table("people")
    keys(people)
    for one in people:
        assert (one["city"] in cities) != (one["organisation"] in organisations)
        assert one["email"].endswith(".example")
        if one["service"]:
            assert one["service"] in {service["key"] for service in cities[one["city"]]["services"]}
    assert {one["city"] for one in people if one["role"] == "delegate"} == set(cities)
    logins = sorted(one["login"] for one in people if one["login"])
    assert logins == ["administrator", "city_officer", "hub_officer", "moderator", "resident"]


def test_processes_and_consultations_resolve_and_the_front_page_lives() -> None:
    processes, organisations = table("processes")["processes"], keys(table("organisations"))
    keys(processes)
    calls = [call for process in processes for call in process["calls"]]
    keys(calls)
    for process in processes:
        assert process["host"] in organisations
        assert ZoneInfo(process["timezone"])
        assert set(process["topics"]) <= set(table("processes")["topics"])
        for stage in process["stages"]:
            assert stage.get("consultation", "harbour-zero") in keys(table("consultations"))
            assert stage.get("submission", "harbour-joint") == table("submission")["submission"]["key"]
    for call in calls:
        for change in call["history"]:
            assert change["to"] == call["closes"]
            assert change["from"] != change["to"]
    inside = [call for call in calls if 0 <= call["closes"]["day"] <= 14]
    assert len(inside) == 4
    assert sum(call["closes"]["day"] > 14 for call in calls) == 2
    assert any(call["closes"]["time"] is None for call in inside)
    assert any(call["history"] for call in inside)
    for consultation in table("consultations"):
        assert consultation["process"] in keys(processes)
        assert consultation["opens"]["day"] < consultation["closes"]["day"]
        assert consultation["voting_mode"] == "open"
        privacy = consultation["privacy"]
        told = ("controller", "legal_basis", "recipients", "retention_days", "contact")
        assert all(privacy[part] for part in told)


def test_contributions_stand_on_paragraphs_that_exist() -> None:
    people = {one["key"]: one for one in table("people")}
    consultations = {one["key"]: one for one in table("consultations")}
    rows = table("contributions")
    keys(rows)
    assert sum(row["consultation"] == "harbour-zero" for row in rows) >= 40
    assert sum(row["consultation"] == "harbour-follow-up" for row in rows) >= 12
    assert {row["city"] for row in rows if row["consultation"] == "harbour-zero"} == keys(table("cities"))
    for row in rows:
        consultation, author = consultations[row["consultation"]], people[row["author"]]
        assert row["version"] == consultation["version"]
        assert (row["city"], row["service"]) == (author["city"], author["service"])
        assert consultation["opens"]["day"] <= row["day"] <= min(0, consultation["closes"]["day"])
        paragraph = text(row["version"], row["rendition"])[row["paragraph"]]
        assert row["mandate"]["level"] in ("personal", "service", "mayor_signed", "council_vote")
        assert (row["mandate"]["day"] is None) == (row["mandate"]["level"] == "personal")
        assert row["why"]
        if row["act"] == "COMMENT":
            assert row["wording"] is None
            assert row["strength"] is None
            continue
        assert row["strength"] in ("must", "should")
        words, asked = paragraph.split(), row["wording"].split()
        if row["act"] == "KEEP":
            assert words == asked
        elif row["act"] == "DELETE":
            assert in_order(asked, words)
            assert len(asked) < len(words)
        elif row["act"] == "ADD":
            # A comma or full stop may travel with the added words.
            assert in_order([word.rstrip(".,") for word in words], [word.rstrip(".,") for word in asked])
            assert len(asked) > len(words)
        else:
            assert row["act"] == "CHANGE"
            assert words != asked


def in_order(short: list[str], long: list[str]) -> bool:
    rest = iter(long)
    return all(word in rest for word in short)


def test_statements_are_short_and_in_six_languages() -> None:
    statements = table("statements")
    keys(statements)
    for consultation, least in (("harbour-zero", 14), ("harbour-follow-up", 12)):
        assert sum(one["consultation"] == consultation for one in statements) >= least
    for one in statements:
        assert one["origin"] in ("organiser", "participant")
        assert set(one["text"]) == set(SIX)
        assert all(0 < len(words) <= 200 for words in one["text"].values())


@pytest.mark.parametrize(("consultation", "voices"), [("harbour-zero", 120), ("harbour-follow-up", 40)])
def test_votes_bear_the_planted_groups_and_consensus(consultation: str, voices: int) -> None:
    votes = table("votes")[consultation]
    order = votes["statements"]
    assert order == [one["key"] for one in table("statements") if one["consultation"] == consultation]
    assert len(votes["voices"]) == voices
    assert all(re.fullmatch(f"[adp-]{{{len(order)}}}", row) for row in votes["voices"].values())
    groups = votes["planted"]["groups"]
    assert sorted(groups["a"] + groups["b"]) == sorted(votes["voices"])

    def agreeing(group: str, statement: str) -> float:
        given = [votes["voices"][voice][order.index(statement)] for voice in groups[group]]
        cast = [one for one in given if one != "-"]
        return cast.count("a") / len(cast)

    for statement in votes["planted"]["consensus"]:
        assert min(agreeing("a", statement), agreeing("b", statement)) > 0.6
    for statement in votes["planted"]["divisive"]:
        assert abs(agreeing("a", statement) - agreeing("b", statement)) > 0.4


def test_asks_name_words_that_stand_in_the_zero_draft() -> None:
    asks, rows = table("submission")["asks"], contributions()
    assert 10 <= len(keys(asks)) <= 12
    for ask in asks:
        assert ask["contributions"]
        assert set(ask["contributions"]) | set(ask["contrary"]) <= set(rows)
        for language in ("en", "fr"):
            assert ask["text"][language]
            assert ask["old"][language] in text("zero", language)[ask["target"]]
            assert bool(ask["old"][language]) == (ask["kind"] in ("KEEP", "CHANGE", "DELETE"))
            assert bool(ask["new"][language]) == (ask["kind"] in ("ADD", "CHANGE"))
        for key in ask["contributions"]:
            assert rows[key]["act"] == ask["kind"], key
            assert rows[key]["paragraph"] == ask["target"], key
            if ask["new"]["en"]:
                assert ask["new"][rows[key]["rendition"]] in rows[key]["wording"], key


def test_sentences_quote_their_sources_exactly() -> None:
    submission, rows = table("submission")["submission"], contributions()
    sections = keys(submission["sections"])
    asks = keys(table("submission")["asks"])
    assert [one["number"] for one in submission["sentences"]] == list(range(1, 19))
    assert sum(one["overstates"] for one in submission["sentences"]) == 1
    for sentence in submission["sentences"]:
        assert sentence["section"] in sections
        assert sentence["sources"]
        for source in sentence["sources"] + sentence["contrary"]:
            assert source["quote"]
            assert source["quote"] in rows[source["contribution"]][source["field"]]
    assert {ask for one in submission["sentences"] for ask in one["asks"]} == asks


def test_endorsements_are_signed_in_time_by_delegates() -> None:
    submission = table("submission")["submission"]
    delegates = {one["key"]: one["city"] for one in table("people") if one["role"] == "delegate"}
    sentences = keys(submission["sentences"])
    assert {one["city"] for one in submission["endorsements"]} == keys(table("cities"))
    for one in submission["endorsements"]:
        assert delegates[one["person"]] == one["city"]
        assert submission["signing"]["opens"]["day"] <= one["day"] <= submission["signing"]["closes"]["day"]
        assert one["visibility"] in ("public", "addressee", "counted")
        assert bool(one["opted_out"]) == (one["stance"] == "opted_out")
        assert set(one["opted_out"]) <= sentences
        if one["stance"] == "reservation":
            assert one["text"]
    assert submission["addressed_to"] in keys(table("organisations"))
    assert submission["entitled_entity"]["organisation"] in keys(table("organisations"))


def test_ledger_has_one_verdict_for_each_ask_and_version() -> None:
    ledger, asks = table("ledger"), {one["key"]: one for one in table("submission")["asks"]}
    assert sorted((one["ask"], one["version"]) for one in ledger) == sorted(
        (ask, version) for ask in asks for version in ("rev1", "adopted")
    )
    assert {one["expected"] for one in ledger} == set(VERDICTS)
    for one in ledger:
        ask, now = asks[one["ask"]], text(one["version"], "en")
        assert set(one["paragraphs"]) <= set(now)
        assert set(one["was"]) <= set(text("zero" if one["version"] == "rev1" else "rev1", "en"))
        state = one["signature"]["state"]
        assert (one["verdict"] is None) == (state == "waiting")
        assert (one["signature"]["reason"] is not None) == (state == "overruled")
        assert (one["verdict"] not in (None, one["proposed"])) == (state == "overruled")
        # The plain cases can be read off the text.
        if one["expected"] == "verbatim" and ask["kind"] == "ADD":
            assert all(ask["new"]["en"] in now[i] for i in one["paragraphs"])
        if one["expected"] == "verbatim" and ask["kind"] == "DELETE":
            assert not any(ask["old"]["en"] in now[i] for i in one["paragraphs"])
        if one["expected"] == "kept":
            assert all(ask["old"]["en"] in now[i] for i in one["paragraphs"])
        if one["expected"] == "removed":
            words = ask["old"]["en"] if ask["kind"] == "KEEP" else ask["new"]["en"]
            assert not any(words in paragraph for paragraph in now.values())


@pytest.mark.parametrize("name", TABLES)
def test_words_are_in_the_languages_claimed(name: str) -> None:
    whole = re.compile(r"/(name|country/name|text|title|sections/\d+/question|summary|introduction|how|topics/\w+"
                       r"|privacy/\w+)$")
    in_two = re.compile(r"^/(asks|submission/endorsements)/|^/\d+/signature")
    for path, thing in walk(table(name)):
        if not (isinstance(thing, dict) and {"en", "fr"} <= set(thing)) or path.endswith("/renditions"):
            continue
        six = whole.search(path) and not in_two.search(path) and name != "people"
        assert set(thing) == set(SIX if six else SIX[:2]), path
        for language, script in SCRIPTS.items():
            if thing.get(language) and len(thing[language]) > 12:
                assert re.search(script, thing[language]), path


def sources() -> list[str]:
    found = [f"{name}.json" for name in TABLES] + ["README.md", "NOTICE.md", "texts/truth.json"]
    return found + [f"texts/{version}.{language}.md" for version, language in TEXTS]


@pytest.mark.parametrize("name", sources())
def test_no_real_city_and_no_word_of_two_scripts(name: str) -> None:
    words = SAMPLE.joinpath(*name.split("/")).read_text(encoding="utf-8")
    # Clocks bear the names of real places.
    words = re.sub(r'"timezone": "[^"]+"', "", words)
    assert not REAL_CITIES.search(words)
    assert not re.search(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]", words)
