"""What a machine proposes in this room, for the register."""

from django.utils.translation import gettext_lazy as _

from tribune.common.machine import Help, register

register(
    Help("reach", _("What it takes to connect schools"), card="reach",
         does=_("Says which schools are meaningfully connected by a published measure, finds the shortest fibre, "
                "compares what each technology costs, and what a budget buys."),
         blind_to=_("Roads, hills, who owns a line, and prices of the day."),
         decides=_("The city, which brings its own list, measure and prices.")),
    Help("indicators", _("Indicators of a city"), card="indicators",
         does=_("Holds a city's figures against cited targets, and asks about what looks wrong, by the rules of the "
                "programme's manual."),
         blind_to=_("Whether a figure is true."),
         decides=_("The city, which corrects or explains.")),
)
