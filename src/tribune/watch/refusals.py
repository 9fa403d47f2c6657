"""What this room refuses, in words for people."""

from django.utils.translation import gettext_lazy as _

from tribune.common.refusals import NotAllowed, Refusal


class NotYourProcess(NotAllowed):
    words = _("Only an officer of the organisation that runs this process does this.")


class NameTaken(Refusal):
    """An address that stands for another thing already; `field` says which field of a form is meant."""

    words = _("This short name is taken. Choose another one.")


class UnknownTimeZone(Refusal):
    words = _("This is no time zone we know. Write region and city, as in America/Lima.")


class DeadlineUnmoved(Refusal):
    words = _("The deadline is on this day and time already.")


class NothingRead(Refusal):
    words = _("No paragraph was found in this file. If it is a scan, look for the text itself.")


class AlreadyPublished(Refusal):
    words = _("This version is published. A text that people have cited is not taken away; import a new version.")


class LanguageTaken(Refusal):
    words = _("This version has a text in this language already.")


class NotShownPublic(Refusal):
    words = _("To make a text public, give its official public address, or write why it may be public.")


class NobodyNamed(Refusal):
    words = _("Name at least one person who may read this text.")


class NoCommonLanguage(Refusal):
    words = _("These two versions have no language in common, so their words cannot be compared.")


class EndsBeforeItBegins(Refusal):
    words = _("It would end before it begins.")


class StillUsed(Refusal):
    words = _("Something hangs on this process already: a call, a text, a consultation. It stays.")


class WordsUnknown(Refusal):
    """A code that stands in none of our lists; `words` name it."""


class AlreadyHere(Refusal):
    words = _("Your organisation has this process already.")


class TableChanged(Refusal):
    words = _("Something changed here since you saw the preview. Look at it again.")


class NotYourCity(NotAllowed):
    words = _("Only somebody who writes for this city does this.")
