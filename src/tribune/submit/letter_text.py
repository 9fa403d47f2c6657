"""Letters to States: an organisation's own words with known fields, or the words that come with the house."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from string import Formatter

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tribune.common import journal
from tribune.common.refusals import Refusal
from tribune.people.models import Organisation
from tribune.people.rules import Viewer

from .choices import LetterKind
from .models import Letter
from .refusals import EditedMeanwhile, NotYours
from .rules import may_draft

FIELDS = ("state", "date", "process", "organisation", "cities", "n_cities", "asks", "address", "title")
_SHIPPED = Path(__file__).resolve().parent / "letters"


class UnknownField(Refusal):
    status = 422

    def __init__(self, line: int, field: str) -> None:
        super().__init__(_("Line %(line)d: {%(field)s} is not a field of a letter. Fields are: %(known)s.") % {
            "line": line, "field": field, "known": ", ".join(f"{{{name}}}" for name in FIELDS)})


class OpenBrace(Refusal):
    status = 422

    def __init__(self, line: int) -> None:
        super().__init__(_("Line %(line)d: a brace is opened or closed alone. Write {{ or }} for a brace itself.")
                         % {"line": line})


def check_template(body: str) -> None:
    """Raise UnknownField or OpenBrace, with the line, for what cannot be filled in."""
    for number, line in enumerate(body.splitlines(), start=1):
        try:
            fields = [(name, spec, how) for _text, name, spec, how in Formatter().parse(line) if name is not None]
        except ValueError as error:
            raise OpenBrace(number) from error
        for name, spec, how in fields:
            # Attributes, positions and formats would read what the letter is not meant to say.
            if name not in FIELDS or spec or how:
                raise UnknownField(number, name)


def fill(body: str, values: dict[str, str]) -> str:
    """Return the letter with its fields filled in. Raises UnknownField, OpenBrace."""
    check_template(body)
    return body.format(**{name: values.get(name, "") for name in FIELDS})


def template_for(organisation: Organisation, language: str) -> tuple[str, int]:
    """Return (words, edition) of an organisation's letter in a language; the shipped one has edition 0."""
    own = Letter.objects.filter(organisation=organisation, kind=LetterKind.LETTER, language=language).first()
    if own is not None:
        return own.body, own.edition
    path = _SHIPPED / f"{language}.txt"
    return (path if path.exists() else _SHIPPED / "en.txt").read_text(encoding="utf-8"), 0


@transaction.atomic
def keep_template(*, organisation: Organisation, language: str, body: str, edition: int, by: Viewer,
                  at: datetime) -> Letter:
    """Keep an organisation's own letter that was read as `edition`. Raises EditedMeanwhile, UnknownField, OpenBrace."""
    if not may_draft(by, organisation.pk):
        raise NotYours
    check_template(body)
    now = (Letter.objects.select_for_update().filter(organisation=organisation, kind=LetterKind.LETTER,
                                                     language=language).first())
    if (now.edition if now else 0) != edition:
        raise EditedMeanwhile(_("Somebody changed this letter while you wrote. Look at theirs first."))
    letter, _made = Letter.objects.update_or_create(
        organisation=organisation, kind=LetterKind.LETTER, language=language,
        defaults={"body": body.strip() + "\n", "edition": edition + 1, "changed_by_id": by.user_id, "changed_at": at})
    journal.record("letter_changed", by=by.public_id, thing=organisation.public_id, at=at)
    return letter
