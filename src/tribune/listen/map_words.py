"""What the opinion map says of itself in words: by the codes of the engine, for a reader who is no statistician."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

__all__ = ["finding", "heading", "reason", "trust_rows"]


def heading(shown: Mapping[str, Any]) -> str:
    """Return the news of the map in one line."""
    groups, n = shown["n_groups"], len(shown["unites"])
    if groups == 0:
        return _("Too few voices for a map")
    if groups == 1:
        name = _("One group")
    else:
        name = {2: _("Two groups"), 3: _("Three groups"), 4: _("Four groups"), 5: _("Five groups")}[min(groups, 5)]
    if not n:
        return _("%(groups)s, and no sentence that all share") % {"groups": name}
    return ngettext("%(groups)s, and one sentence that all share", "%(groups)s, and %(n)d sentences that all share",
                    n) % {"groups": name, "n": n}


def reason(code: str) -> str:
    """Return why no map is drawn."""
    return {
        "too_few_voices": _("Fewer than seven voices have voted. A map would show people, not opinions: only totals "
                            "are shown."),
        "too_few_statements": _("Fewer than three statements have votes. There is too little to compare people by: "
                                "only totals are shown."),
        "too_few_votes_each": _("Fewer than seven people have voted on enough statements (seven, or all of them): "
                                "only totals are shown."),
    }.get(code, _("There is no map yet."))


def finding(code: str, values: Mapping[str, float]) -> tuple[str, str]:
    """Return (what is asked, the answer) for one finding of the engine; ("", "") for a code without words here."""
    p, ari = values.get("p", 0.0), values.get("ari", 0.0)
    # One in so many, rounded to what a person can picture.
    times = _("fewer than 1 in 100") if p < 0.01 else _("about 1 in %(n)d") % {"n": max(1, round(1 / p))}
    alike = {"tenths": max(0, min(10, round(10 * ari)))}
    size, n = values.get("size", 0), values.get("n", 0)
    chance, stable, scale = _("More than chance"), _("Stable"), _("Clear borders")
    words = {
        "groups_beyond_chance": (chance, _("Yes. Votes dealt out anew gave groups this clear in %(times)s trials.")
                                 % {"times": times}),
        "no_groups_beyond_chance": (chance, _("There is one group: people differ no more than chance would make them.")),  # noqa: E501
        "groups_may_be_chance": (chance, _("Perhaps not. Votes dealt out anew gave groups this clear in %(times)s "
                                           "trials.") % {"times": times}),
        "no_stable_groups": (stable, _("There is one group: people differ, but no division stays when some votes are "
                                       "hidden.")),
        "continuum": (scale, _("No. The groups are parts of one scale; people near a border could stand on either "
                               "side.")),
        "stable": (stable, _("Yes. With a tenth of the votes hidden the groups stay nearly the same (%(tenths)d of "
                             "10).") % alike),
        "somewhat_stable": (stable, _("Mostly. With a tenth of the votes hidden some people change groups "
                                      "(likeness %(tenths)d of 10).") % alike),
        "unstable": (stable, _("No. With a tenth of the votes hidden the groups change much (likeness %(tenths)d of "
                               "10).") % alike),
        "small_group": (_("Enough people"), _("Hardly. The smallest group has about %(size)d people.")
                        % {"size": size}),
        "low_coverage": (_("Who could be placed"), _("%(share)d %% of the people voted on enough statements to be "
                                                     "placed.") % {"share": round(100 * values.get("share", 0))}),
        "flagged_accounts": (_("Accounts that vote alike"), (
            _("%(n)d or more gave one answer to everything or voted alike. They are drawn, but did not form the "
              "groups.") % {"n": n}) if n else
            _("Fewer than five gave one answer to everything or voted alike. They did not form the groups.")),
        "flagged_would_change": (_("With these accounts"), _("The groups would be different (likeness %(tenths)d of "
                                                             "10).") % alike),
        "one_unit_decides": (_("Without one part of the world"), _("The groups of the others change (likeness "
                                                                   "%(tenths)d of 10).") % alike),
        "sampled": (_("How it was checked"), _("On people drawn by lot, since there are so many.")),
    }
    return words.get(code, ("", ""))


def trust_rows(shown: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the rows of the trust panel: title, words, level ("good", "caution", "poor")."""
    rows = []
    for each in shown["trust"]["findings"]:
        title, words = finding(each["code"], each["values"])
        if words:
            rows.append({"title": title, "words": words, "level": each["level"]})
    if shown["n_groups"] > 1 and not any(each["code"] == "small_group" for each in shown["trust"]["findings"]):
        least = min(group["size"] for group in shown["groups"])
        rows.insert(0, {"title": _("Enough people"), "level": "good",
                        "words": _("Yes. Each group has at least %(n)d.") % {"n": least}})
    if shown["n_groups"] > 1 and not shown["trust"]["any_flagged"]:
        rows.append({"title": _("Accounts that vote alike"), "level": "good", "words": _("None was found.")})
    without = shown["trust"]["without"]
    if without and all(one["agreement"] >= 0.8 for one in without):
        rows.append({"title": _("Without one part of the world"), "level": "good",
                     "words": _("Leaving out any one of them leaves the groups of the others as they are.")})
    return rows
