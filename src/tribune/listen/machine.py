"""What a machine proposes in this room, for the register."""

from django.utils.translation import gettext_lazy as _

from tribune.common.machine import Help, register

register(
    Help("routing", _("The next statement to vote on"), card="opinion",
         does=_("Shows statements that are new, or that tell most about where people stand, more often."),
         blind_to=_("Who is voting: it knows the votes of this voice and the counts of all."),
         decides=_("The voter, who may skip any statement or open the list of all.")),
    Help("opinion", _("Opinion groups"), card="opinion",
         does=_("Puts voices that vote alike into groups, says what unites and divides them, and how far that can be "
                "trusted. It says so when there is one group."),
         blind_to=_("Why people vote as they do, and everybody who did not vote."),
         decides=_("Nobody is decided upon: groups have no names and lead nowhere by themselves.")),
    Help("twins", _("The same ask from two cities"), card="align",
         does=_("Finds proposals on a paragraph that ask for the same words, or for words that cannot both stand."),
         blind_to=_("The same wish in other words."),
         decides=_("The cities, who sign together or do not.")),
)
