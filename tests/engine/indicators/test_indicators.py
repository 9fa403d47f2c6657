"""Indicators: what is reported, how it stands to a cited target, and what the rules ask about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribune.engine.indicators import (
    Target,
    band,
    published_targets,
    read_observations,
    read_targets,
    report,
    share_of_target,
    u4ssc,
)
from tribune.engine.types import Unreadable

HEAD = "code,point,year,value,unit,sex,source,quality\n"
ALL = u4ssc()


def read(*rows, head=HEAD):
    return read_observations(head + "\n".join(rows) + "\n", ALL)


def reported(*rows, targets=None, head=HEAD):
    kept, bad = read(*rows, head=head)
    return report(kept, targets=targets, bad=bad)


def of(found, code):
    return next(one for one in found.results if one.indicator.code == code)


def codes(found):
    return [one.code for one in found.doubts if one.code != "no_source"]


def test_the_set_is_whole():
    assert len(ALL) == 91
    assert sum(len(one.points) for one in ALL) == 112
    assert {one.verified for one in ALL} == {"yes", "partly", "no"}
    known = {(one.code, point) for one in ALL for point in one.points}
    assert all((aim.code, aim.point) in known and aim.source for aim in published_targets())


def test_an_empty_report_is_all_missing_and_goes_back():
    found = reported()
    assert len(found.missing) == 91
    assert found.coverage.goes_back
    assert {one.band for one in found.results} == {"not_reported"}


def test_a_value_stands_to_its_target_in_a_band():
    found = of(reported("EC: I: WS: 1C,,2025,97.5,%,,survey,1"), "EC: I: WS: 1C")
    assert (found.share, found.band) == (97.5, "95+")
    assert found.values[0].quality == "measured"
    assert "6.1" in found.values[0].target.source


def test_without_a_target_there_is_no_band():
    assert of(reported("EC: ICT: ICT: 1C,,2025,80,%,,s,1"), "EC: ICT: ICT: 1C").band == "no_benchmark"


def test_women_and_men_stand_apart_and_are_no_value_for_all():
    found = of(reported("SC: EH: ED: 4C,,2025,91,%,women,s,1", "SC: EH: ED: 4C,,2025,95,%,men,s,1"), "SC: EH: ED: 4C")
    value = found.values[0]
    assert (value.women, value.men, value.value, value.band) == (91, 95, None, "no_benchmark")


@pytest.mark.parametrize(("rows", "code"), [
    (["EN: EN: WA: 1C,landfill,2025,50,%,,s,1", "EN: EN: WA: 1C,burnt,2025,0,%,,s,1",
      "EN: EN: WA: 1C,incinerated,2025,10,%,,s,1", "EN: EN: WA: 1C,open_dump,2025,0,%,,s,1",
      "EN: EN: WA: 1C,recycled,2025,20,%,,s,1", "EN: EN: WA: 1C,other,2025,15,%,,s,1"], "sum_100"),
    (["EN: EN: WS: 4C,primary,2025,60,%,,s,1", "EN: EN: WS: 4C,secondary,2025,70,%,,s,1"], "wastewater_order"),
    (["EC: I: WS: 1C,,2025,80,%,,s,1", "EC: I: WS: 2C,,2025,90,%,,s,1"], "order"),
    (["EC: ICT: ICT: 1C,,2025,120,%,,s,1"], "out_of_range"),
    (["EC: ICT: ICT: 1C,,2025,0.8,%,,s,1"], "maybe_fraction"),
    (["EC: ICT: ICT: 1C,,2024,40,%,,s,1", "EC: ICT: ICT: 1C,,2025,90,%,,s,1"], "jump"),
    (["EC: I: WS: 5C,,2025,40,%,,s,1"], "sanitation_low"),
    (["EC: P: IN: 1C,,2025,9,%,,s,1"], "rd_high"),
    (["EC: ICT: ICT: 1C,,2025,80,people,,s,1"], "other_unit"),
    (["EN: EN: AQ: 1C,NO2,2025,10,ppb,,s,1"], "converted"),
    (["EC: ICT: ICT: 1C,,2025,80,%,,s,1", "EC: ICT: ICT: 1C,,2025,81,%,,s,1"], "twice"),
])
def test_rules_ask_with_a_reason(rows, code):
    found = reported(*rows)
    assert code in codes(found)
    assert all(one.message and one.line >= 2 for one in found.doubts)


@pytest.mark.parametrize("rows", [
    ["EN: EN: WS: 4C,primary,2025,90,%,,s,1", "EN: EN: WS: 4C,secondary,2025,70,%,,s,1",
     "EN: EN: WS: 4C,tertiary,2025,70,%,,s,1"],
    ["SC: EH: ED: 2C,,2025,104,%,,s,1"],
    ["EC: ICT: ICT: 1C,,2024,70,%,,s,1", "EC: ICT: ICT: 1C,,2025,80,%,,s,1"],
    ["EC: I: WS: 1C,,2025,90,%,,s,1", "EC: I: WS: 2C,,2025,90,%,,s,1"],
])
def test_rules_are_silent_where_nothing_is_wrong(rows):
    assert codes(reported(*rows)) == []


def test_parts_per_billion_become_micrograms():
    assert of(reported("EN: EN: AQ: 1C,NO2,2025,10,ppb,,s,1"), "EN: EN: AQ: 1C").values[0].value == pytest.approx(19)


def test_denominators_that_differ_by_more_than_five_percent_are_asked_about():
    head = "code,point,year,value,unit,sex,source,quality,numerator,denominator\n"
    found = reported("EC: ICT: ICT: 1C,,2025,,%,,s,1,80000,100000", "EC: ICT: ICT: 2C,,2025,,%,,s,1,60000,100000",
                     "EC: I: WS: 1C,,2025,,%,,s,1,90000,120000", head=head)
    assert codes(found) == ["denominators_differ"]
    assert of(found, "EC: ICT: ICT: 1C").values[0].value == 80


@pytest.mark.parametrize(("row", "code"), [
    ("XX: 1,,2025,1,%,,s,1", "unknown_code"),
    ("EC: ICT: ICT: 1C,,2025,=1+1,%,,s,1", "no_number"),
    ("EC: ICT: ICT: 1C,,soon,80,%,,s,1", "no_year"),
    ("EC: ICT: ICT: 1C,,1492,80,%,,s,1", "no_year"),
    ("EC: ICT: ICT: 1C,x,2025,80,%,,s,1", "unknown_point"),
    ("EN: EN: AQ: 1C,,2025,80,,,s,1", "unknown_point"),
    ("EC: ICT: ICT: 1C,,2025,80,%,both of them,s,1", "unknown_sex"),
    ("EC: ICT: ICT: 1C,,2025,nan,%,,s,1", "no_number"),
    ("EC: ICT: ICT: 1C,,2025,1e999,%,,s,1", "no_number"),
])
def test_a_bad_row_is_told_by_line_and_the_rest_is_kept(row, code):
    kept, bad = read("EC: I: WS: 1C,,2025,90,%,,s,1", row)
    assert len(kept) == 1
    assert [(one.line, one.code) for one in bad] == [(3, code)]


def test_digits_and_commas_of_other_scripts_are_read():
    kept, bad = read("EC: ICT: ICT: 1C,,٢٠٢٥,٨٠٫٥,%,,s,1", 'EC: I: WS: 1C,,2025,"91,5",%,,s,1')
    assert not bad
    assert [one.value for one in kept] == [80.5, 91.5]


def test_what_says_not_reported_is_missing_and_no_mistake():
    kept, bad = read("EC: ICT: ICT: 1C,,2025,NR,%,,s,1", "EC: I: WS: 1C,,2025,,%,,s,1")
    assert (kept, bad) == ((), ())


def test_a_table_without_columns_is_refused():
    with pytest.raises(Unreadable, match="code, year, value"):
        read_observations("a,b\n1,2\n", ALL)
    with pytest.raises(Unreadable):
        read_observations("", ALL)


def test_targets_of_nought_and_without_source():
    assert share_of_target(5, Target("x", "", 0, None, "s"), "higher") is None
    assert share_of_target(0, Target("x", "", 0, None, "s"), "lower") == 100
    assert share_of_target(5, Target("x", "", 0, None, "s"), "lower") is None
    assert share_of_target(5, Target("x", "", 0, 10, "s"), "lower") == 50
    kept, bad = read_targets("code,point,target,start,source\nEC: ICT: ICT: 1C,,90,,\nEC: I: WS: 1C,,95,50,council\n",
                             ALL)
    assert [one.code for one in kept] == ["EC: I: WS: 1C"]
    assert [one.code for one in bad] == ["no_source"]
    found = of(reported("EC: I: WS: 1C,,2025,72.5,%,,s,1", targets=kept), "EC: I: WS: 1C")
    assert (found.share, found.band) == (50, "33-66")


@given(st.floats(0, 1e6), st.floats(0.001, 1e6), st.sampled_from(["higher", "lower"]))
def test_a_share_is_a_share_and_better_values_have_no_smaller_one(value, target, direction):
    aim = Target("x", "", target, None, "s")
    share = share_of_target(value, aim, direction)
    better = share_of_target(value * 1.5 if direction == "higher" else value / 1.5, aim, direction)
    assert 0 <= share <= 100
    assert better >= share
    assert band(share) in ("95+", "66-95", "33-66", "<33")


@given(st.permutations(["EC: I: WS: 1C,,2023,90,%,,s,1", "EC: I: WS: 1C,,2024,91,%,,s,1",
                        "EC: I: WS: 1C,,2025,93,%,,s,1", "EN: EN: AQ: 1C,NO2,2025,15,,,s,2"]))
def test_the_order_of_rows_does_not_matter(rows):
    found = of(reported(*rows), "EC: I: WS: 1C")
    assert (found.values[0].year, found.values[0].value) == (2025, 93)
