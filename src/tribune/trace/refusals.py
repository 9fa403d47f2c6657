"""What this room refuses, in words."""

from django.utils.translation import gettext_lazy as _

from tribune.common.refusals import NotAllowed, Refusal


class NotYourLedger(NotAllowed):
    words = _("Only an officer of the organisation that keeps this ledger signs in it, opens and closes it.")


class NoSuchWord(Refusal):
    status = 422
    words = _("This word cannot be the verdict on an ask of this kind. Choose one of the words on the page.")


class NeedsReason(Refusal):
    status = 422
    words = _("To sign another word than the one proposed, or to sign again, give your reason. It is public.")


class NeedsParagraph(Refusal):
    status = 422
    words = _("Say in which paragraph it stands.")


class NoSuchParagraph(Refusal):
    status = 422
    words = _("This version has no such paragraph. Write it as it stands in the address of the paragraph: 12.c")
