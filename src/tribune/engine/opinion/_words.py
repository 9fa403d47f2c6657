"""Sentences of the trust panel in English, by code; pages say them in other languages by the same codes."""

from __future__ import annotations

from ._result import Finding

__all__ = ["REASONS", "finding"]

REASONS = {
    "too_few_voices": "Fewer than seven voices: only totals are shown, for a map would show people, not opinions.",
    "too_few_statements": "Fewer than three statements with votes: a map needs more to compare people by.",
    "too_few_votes_each": "Fewer than seven people have voted on enough statements (seven, or all): only totals are shown.",
}

# code → level, sentence
_FINDINGS = {
    "groups_beyond_chance": ("good", "Groups this separate come about by chance with a probability of at most {p:.2g}."),
    "no_groups_beyond_chance": ("good", "One group: what differs between people is no more than chance would make."),

    "no_stable_groups": ("caution", "One group: people differ, but no division of them survives hiding some votes."),
    "continuum": ("caution", "No gap lies between the groups: they are parts of a scale, and people near a border "
                             "could stand on either side."),
    "stable": ("good", "With a tenth of the votes hidden, the groups stay nearly the same (likeness {ari:.2f})."),
    "somewhat_stable": ("caution", "With a tenth of the votes hidden, some people change groups (likeness {ari:.2f})."),
    "unstable": ("poor", "With a tenth of the votes hidden, the groups change much (likeness {ari:.2f})."),
    "small_group": ("caution", "The smallest group has {size:.0f} people."),
    "low_coverage": ("caution", "{share:.0%} of the people voted on enough statements to be grouped."),
    "flagged_accounts": ("caution", "{n:.0f} accounts gave one answer to everything or voted alike. They are shown, "
                                    "but did not help to form the groups."),
    "flagged_would_change": ("caution", "With these accounts the groups would be different (likeness {ari:.2f})."),
    "one_unit_decides": ("caution", "Without one of the units the groups of the others change (likeness {ari:.2f})."),
    "sampled": ("good", "The checks looked at {n:.0f} people drawn by lot."),
    "always_groups": ("caution", "This method always finds two to five groups, even where there is one."),
}


def finding(code: str, **values: float) -> Finding:
    """The finding of a code with its figures put in."""
    level, message = _FINDINGS[code]
    return Finding(code, level, message.format(**values), dict(values))
