"""What this room refuses, in words."""

from django.utils.translation import gettext_lazy as _

from tribune.common.refusals import NotAllowed, Refusal

from .rules import MOST_LETTERS


class NotYours(NotAllowed):
    words = _("Only an officer of the organisation that drafts this submission may do that.")


class EditedMeanwhile(Refusal):
    words = _("Somebody changed this sentence while you wrote. Your words are kept below, theirs stand beside them.")


class FormChanged(Refusal):
    words = _("Somebody kept other answers while you wrote. Yours stand below and are not kept yet; look at theirs, "
              "then keep yours.")


class NotDrafting(Refusal):
    words = _("This submission is with the cities or handed over; its sentences can no longer be changed.")


class SentenceGone(Refusal):
    words = _("Somebody removed this sentence meanwhile. Bring it back from the history of the drafting table.")


class NothingToUndo(Refusal):
    words = _("Nothing was done to this sentence that could be undone.")


class NoWords(Refusal):
    status = 422
    words = _("Write the sentence first; this one has no words.")


class TooLong(Refusal):
    status = 422

    def __init__(self, n: int) -> None:
        super().__init__(_("A sentence has at most %(most)d characters; this one has %(n)d. Split it into several, "
                           "each with its own sources.") % {"most": MOST_LETTERS, "n": n})


class StillProposed(Refusal):
    status = 422
    words = _("Some sentences are only proposed. Take, rewrite or remove each before the text is handed over.")


class NothingToSign(Refusal):
    status = 422
    words = _("There is no sentence yet, or one is still only proposed. Take or remove each proposal first.")


class WhoSubmits(Refusal):
    status = 422
    words = _("Name who is entitled to submit this text: a State, a member, an accredited organisation, or an open "
              "call.")


class NotSigning(Refusal):
    words = _("This submission is not open for signature.")


class SignedAnew(Refusal):
    words = _("Your city answered again meanwhile. Look at the new answer before you contest it.")


class SigningOver(Refusal):
    words = _("The time for signatures has ended.")


class NoAddressOnFile(Refusal):
    words = _("There is no address on file for this city’s signatures. Ask the officer of the organisation to add it.")


class NotASubstring(Refusal):
    status = 422
    words = _("A quote must stand word for word in the contribution.")
