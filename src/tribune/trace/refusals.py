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


class NotAContributor(NotAllowed):
    words = _("Only who asked may contest: the author of a contribution that carries this ask, or its city. Give the "
              "receipt of your contribution, or sign in.")


class NoSuchReceipt(Refusal):
    status = 422
    words = _("We know no such receipt. Write it as it was shown, with its hyphens; small letters are enough.")


class NeedsWords(Refusal):
    status = 422
    words = _("Write at least one sentence.")


class AlreadyContested(Refusal):
    words = _("You have contested this verdict already. An officer has not answered yet.")


class NeedsDate(Refusal):
    status = 422
    words = _("Say by which day it is due; without a day it cannot stand in a calendar.")


class AlreadyAnswered(Refusal):
    words = _("This was answered already. What was answered stays.")
