"""Reading forms and checking answers to them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from tribune.listen.word_limits import n_words

KINDS = ("line", "text", "address", "date", "choice", "choices")
# A line; longer ones are texts.
_LINE = 300


@dataclass(frozen=True, slots=True)
class Field:
    """One field in the words of the host. `least` and `most` count words; 0 means no limit."""

    name: str
    label: str
    kind: str
    help: str = ""
    required: bool = True
    least: int = 0
    most: int = 0
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrizeForm:
    """A form; `language` is that of its labels, `source` where they were read, `checked` what is not certain."""

    name: str
    title: str
    language: str
    source: str
    checked: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a field is not ready, by code: missing, short, long, address, date, choice, line; `n` is by how much."""

    code: str
    n: int = 0


@cache
def forms() -> tuple[PrizeForm, ...]:
    """Return all forms, by title. Raises ValueError for a form that is not well made."""
    found = [_read(path) for path in sorted(Path(__file__).parent.glob("*.toml"))]
    return tuple(sorted(found, key=lambda form: form.title))


def form_named(name: str) -> PrizeForm | None:
    """Return a form by its short name, None where there is none."""
    return next((form for form in forms() if form.name == name), None)


def _read(path: Path) -> PrizeForm:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    fields = tuple(Field(**{**one, "options": tuple(one.get("options", ()))}) for one in raw["field"])
    names = [field.name for field in fields]
    if len(set(names)) != len(names):
        raise ValueError(f"{path.name}: a field comes twice")
    for field in fields:
        if field.kind not in KINDS:
            raise ValueError(f"{path.name}: {field.name} is of no known kind ({field.kind})")
        if (field.kind in ("choice", "choices")) != bool(field.options):
            raise ValueError(f"{path.name}: options belong to choices, and choices need them ({field.name})")
        if field.most and field.least > field.most:
            raise ValueError(f"{path.name}: {field.name} wants at least more than at most")
    return PrizeForm(path.stem, raw["title"], raw["language"], raw["source"], raw["checked"], fields)


def problems(form: PrizeForm, answers: Mapping[str, str | list[str]]) -> dict[str, Problem]:
    """Return what is not ready, by the name of the field; nothing when all may be sent.

    >>> form = PrizeForm("x", "X", "en", "", "", (Field("why", "Why", "text", least=3, most=5),))
    >>> problems(form, {"why": "Two words"}), problems(form, {"why": "These are three words"})
    ({'why': Problem(code='short', n=1)}, {})
    """
    found = {}
    for field in form.fields:
        problem = _problem(field, answers.get(field.name, ""))
        if problem is not None:
            found[field.name] = problem
    return found


def _problem(field: Field, answer: str | list[str]) -> Problem | None:
    if isinstance(answer, list):
        if not answer:
            return Problem("missing") if field.required else None
        return None if set(answer) <= set(field.options) else Problem("choice")
    text = answer.strip()
    if not text:
        return Problem("missing") if field.required else None
    if field.kind == "choice":
        return None if text in field.options else Problem("choice")
    if field.kind == "address":
        parts = urlsplit(text)
        return None if parts.scheme in ("http", "https") and "." in parts.netloc else Problem("address")
    if field.kind == "date":
        try:
            date.fromisoformat(text)
        except ValueError:
            return Problem("date")
        return None
    if field.kind == "line" and len(text) > _LINE:
        return Problem("line", len(text) - _LINE)
    n = n_words(text)
    if n < field.least:
        return Problem("short", field.least - n)
    return Problem("long", n - field.most) if field.most and n > field.most else None
