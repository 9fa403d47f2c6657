"""What this room refuses, in words."""

from django.utils.translation import gettext_lazy as _

from tribune.common.refusals import NotAllowed, Refusal


class NotYours(NotAllowed):
    words = _("Only an officer of the organisation that drafts this submission may do that.")


class EditedMeanwhile(Refusal):
    words = _("Somebody changed this sentence while you wrote. Your words are kept below, theirs stand beside them.")


class NotDrafting(Refusal):
    words = _("This submission is with the cities or handed over; its sentences can no longer be changed.")


class NothingToSign(Refusal):
    status = 422
    words = _("There is no sentence yet, or one is still only proposed. Take or remove each proposal first.")


class WhoSubmits(Refusal):
    status = 422
    words = _("Name who is entitled to submit this text: a State, a member, an accredited organisation, or an open "
              "call.")


class NotSigning(Refusal):
    words = _("This submission is not open for signature.")


class SigningOver(Refusal):
    words = _("The time for signatures has ended.")


class NoAddressOnFile(Refusal):
    words = _("There is no address on file for this city’s signatures. Ask the officer of the organisation to add it.")


class NotASubstring(Refusal):
    status = 422
    words = _("A quote must stand word for word in the contribution.")
