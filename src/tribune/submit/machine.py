"""What a machine proposes in this room, for the register."""

from django.utils.translation import gettext_lazy as _

from tribune.common.machine import Help, register

DRAFT = "sentence_draft"

register(
    Help("compose", _("Sentences of a submission"), card="compose",
         does=_("Proposes a sentence for an ask by rules that cannot say more than the counts, and marks a sentence "
                "that says more than its sources."),
         blind_to=_("Whether a sentence is wise."),
         decides=_("An officer takes, rewrites or removes each; cities sign.")),
    Help(DRAFT, _("A sentence in other words"), card="compose", asks_model=True,
         does=_("Drafts a sentence for an ask from its published quotes. What it puts in quotation marks must stand in "
                "them, or the draft is thrown away."),
         blind_to=_("Every answer that is not published for all."),
         decides=_("An officer takes, rewrites or removes it, and it is checked against its sources as any other.")),
)
