"""What a machine proposes in this room, for the register."""

from django.utils.translation import gettext_lazy as _

from tribune.common.machine import Help, register

register(
    Help("text", _("Reading of a file"), card="text",
         does=_("Reads a file into numbered paragraphs, notes and headings, and tells where it was unsure."),
         blind_to=_("What stands in pictures, and what a layout says without words."),
         decides=_("An officer sees every paragraph and warning, and publishes.")),
    Help("mentions", _("Cities in a text, and topics"), card="mentions",
         does=_("Finds where a text names local and regional governments, and which topics it touches, by lists of "
                "terms in six languages."),
         blind_to=_("What is said in words that no list has."),
         decides=_("A reader reports what was missed; an officer decides, and the change is dated.")),
    Help("align", _("What changed between two versions"), card="align",
         does=_("Pairs the paragraphs of two versions and marks the words that went and came."),
         blind_to=_("Meaning: a paragraph written anew may stand as dropped and added."),
         decides=_("An officer confirms the pairs.")),
    Help("languages", _("Languages side by side"), card="meaning",
         does=_("Puts paragraphs of language versions beside each other, by number, order and meaning. It translates "
                "nothing."),
         blind_to=_("Whether two versions say the same: it finds the place, not the truth."),
         decides=_("An officer moves what stands in the wrong place.")),
    Help("search", _("Search"), card="search",
         does=_("Ranks what is found by its words, and on request by meaning."),
         blind_to=_("Who wrote it and how important it is."),
         decides=_("The reader; nothing follows from a rank.")),
)
