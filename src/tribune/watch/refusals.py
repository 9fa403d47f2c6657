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


class WordsNotThere(Refusal):
    words = _("These words do not stand in this paragraph. Copy them from the text.")


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


class ChangedMeanwhile(Refusal):
    words = _("Somebody else changed this text while you were reading it. Look at it as it is now, and do it again.")


class ActRefused(Refusal):
    """An act that cannot be done on this paragraph; `code` says why."""

    WORDS = {
        "gone": _("This paragraph is no longer there. Look at the text as it is now."),
        "first": _("Nothing stands before this paragraph that it could join."),
        "place": _("Say where the new paragraph begins: between two words of this one."),
        "number": _("Write a number as people say it: 12, 12(c), 12(c)(ii), 9bis, or (d) for the next letter."),
        "taken": _("This place has a paragraph in this language already."),
        "level": _("Only a heading has a level, from 1 to 9."),
        "kind": _("This paragraph cannot be of this kind."),
    }

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(self.WORDS.get(code, _("This cannot be done here.")))


class PreviewThere(Refusal):
    words = _("A preview with this short name exists already. Your file is kept: read it into that preview, or send it "
              "again under another short name.")


class UploadUsed(Refusal):
    words = _("This file is in use already, or was thrown away.")


class SameFile(Refusal):
    words = _("This is the file that is here already, byte for byte.")
