"""What a machine proposes in this room, for the register."""

from django.utils.translation import gettext_lazy as _

from tribune.common.machine import Help, register

NAMES = "theme_names"

register(
    Help("themes", _("Themes of the answers"), card="themes",
         does=_("Puts passages of answers that speak of the same thing together, in their exact words."),
         blind_to=_("Who is for and who is against."),
         decides=_("An officer names, joins, splits and moves; what she decided is never changed by the machine.")),
    Help(NAMES, _("Names of themes"), card="themes", asks_model=True,
         does=_("Proposes a short name for a theme from its published quotes."),
         blind_to=_("Every answer that is not published for all."),
         decides=_("An officer takes a name or writes her own.")),
)
