"""What this room refuses, in words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from tribune.common.refusals import Refusal


class ConsultationClosed(Refusal):
    words = _("This consultation is not open. What was said in it can still be read.")


class NotInThisPhase(Refusal):
    words = _("This consultation does not ask for that at the moment.")


class CannotOpen(Refusal):
    """Names what is missing before a consultation can open."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(_t("It cannot open yet. Still to be named: %(missing)s.")
                         % {"missing": ", ".join(self.missing)})


class CannotPrepare(Refusal):
    status = 422


class Incomplete(Refusal):
    """Something typed is missing, too long or unchanged; names the field it belongs to."""

    status = 422

    def __init__(self, field: str, words: str) -> None:
        self.field = field
        super().__init__(words)


class ReasonMissing(Refusal):
    words = _("Write why it is not published. The person who wrote it reads your reason.")
    status = 422


class NotWaiting(Refusal):
    words = _("Somebody has decided this already. Load the page again to see how.")


class ReceiptUnknown(Refusal):
    words = _("We know no such receipt. Write it as it was shown, with its hyphens; small letters are enough.")
    status = 404


class ModeIsFixed(Refusal):
    words = _("Who has a voice is chosen before opening and stays.")


class NeedsCode(Refusal):
    words = _("Voting here needs a code. Type the one you were given.")
    status = 403


class NeedsMember(Refusal):
    words = _("Members vote here. Sign in with the address of your city or organisation.")
    status = 403


class CodeUnknown(Refusal):
    words = _("This code was used already, or was never given out. Write it as it stands on your paper.")
    status = 422


class HasSpoken(Refusal):
    words = _("Your voice was taken before. Go on in the browser in which you began: nothing joins your name to it, "
              "so we cannot find it for you.")
    status = 409


class ToldAlready(Refusal):
    words = _("You have told us already. Nothing joins it to you, so it cannot be changed.")
    status = 409
