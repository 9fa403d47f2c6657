"""What a machine proposes in this room, for the register."""

from django.utils.translation import gettext_lazy as _

from tribune.common.machine import Help, register

register(
    Help("uptake", _("What became of an ask"), card="uptake",
         does=_("Looks for each ask in a new text, proposes a verdict with the paragraph and the matching words, and "
                "says whether the words became stronger or weaker."),
         blind_to=_("Why a text says what it says: appearance is not proof of influence."),
         decides=_("An officer confirms or overrides with a reason; both stay.")),
)
