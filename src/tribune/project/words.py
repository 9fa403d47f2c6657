"""Collecting interface words into the catalogues, without gettext on the machine.

Python sources are read by Babel; templates are first turned into the Python-like text that Django's own
makemessages uses. Catalogues are sorted by msgid and carry no line numbers, so that a changed line changes
no catalogue.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation import templatize

PACKAGE = Path(__file__).resolve().parent.parent

# Locale folder → how many plural forms and which; integers only (Unicode CLDR).
PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "zh_Hans": "nplurals=1; plural=0;",
}

_KEYWORDS = {
    "_": (1,), "gettext": (1,), "gettext_lazy": (1,), "gettext_noop": (1,),
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}


@dataclass(frozen=True, slots=True, order=True)
class Word:
    """One message: its context, text and plural ("" where it has none)."""

    text: str
    context: str = ""
    plural: str = ""


def extracted() -> dict[Word, set[str]]:
    """Return every message of the package with the files (relative to the package) that use it."""
    found: dict[Word, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*")):
        relative = path.relative_to(PACKAGE).as_posix()
        if path.suffix == ".py" and "/migrations/" not in relative:
            source = path.read_text(encoding="utf-8")
        elif path.suffix in (".html", ".txt") and "/templates/" in f"/{relative}":
            source = templatize(path.read_text(encoding="utf-8"), origin=relative)
        else:
            continue
        for word in _messages(source):
            found.setdefault(word, set()).add(relative)
    return found


def _messages(source: str) -> Iterator[Word]:
    from babel.messages.extract import extract  # a tool of builders, not needed to run

    for _line, message, _comments, context in extract("python", io.BytesIO(source.encode()), _KEYWORDS):
        if isinstance(message, tuple):
            singular, plural = message[0], message[1]
            # With a context, Babel may hand the singular and plural after the context itself.
            yield Word(singular, context or "", plural or "")
        elif message:
            yield Word(message, context or "")


def gaps_of(locale: str) -> list[str]:
    """Return the messages of a catalogue that have no words, or not all their plural forms, in its language."""
    return [entry.msgid for entry in polib.pofile(str(catalogue_path(locale)))
            if not (all(entry.msgstr_plural.values()) if entry.msgid_plural else entry.msgstr) or entry.fuzzy]


def catalogue_path(locale: str) -> Path:
    return PACKAGE / "locale" / locale / "LC_MESSAGES" / "django.po"


def collect() -> list[str]:
    """Bring all catalogues up to date, keeping translations; return a line for each with its gaps."""
    words = extracted()
    return [_update(locale, words) for locale in PLURALS]


def _update(locale: str, words: dict[Word, set[str]]) -> str:
    path = catalogue_path(locale)
    known = {(entry.msgid, entry.msgctxt or ""): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    catalogue = polib.POFile(wrapwidth=110)
    if path.exists():
        catalogue.metadata = dict(polib.pofile(str(path)).metadata)
    catalogue.metadata.update({
        "Project-Id-Version": "Tribune", "Language": locale, "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[locale]})
    catalogue.metadata.setdefault("X-Reviewed", "not yet reviewed")
    n_forms = int(PLURALS[locale].split("nplurals=")[1].split(";")[0])
    gaps = 0
    for word in sorted(words):
        old = known.get((word.text, word.context))
        entry = polib.POEntry(msgid=word.text, msgctxt=word.context or None,
                              comment=" ".join(sorted(words[word])[:3]),
                              flags=["python-brace-format"] if "{" in word.text and "}" in word.text else [])
        if "%(" in word.text:
            entry.flags = ["python-format"]
        if word.plural:
            entry.msgid_plural = word.plural
            forms = dict(old.msgstr_plural) if old and old.msgid_plural else {}
            entry.msgstr_plural = {n: forms.get(n, "") for n in range(n_forms)}
            gaps += not all(entry.msgstr_plural.values())
        else:
            entry.msgstr = old.msgstr if old else ""
            gaps += not entry.msgstr
        catalogue.append(entry)
    # Said in the foot of each page until it is 0; a test holds it against the entries.
    catalogue.metadata["X-Gaps"] = f"{gaps} of {len(catalogue)}"
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    return f"{locale}: {len(catalogue)} messages, {gaps} gaps"
