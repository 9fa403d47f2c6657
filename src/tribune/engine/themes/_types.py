"""What goes into themes, what an officer decided, and what comes out."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

__all__ = ["Contribution", "Decisions", "Quote", "Theme", "Themes", "themes_from_json", "to_json"]


@dataclass(frozen=True, slots=True)
class Contribution:
    """A free text with an id that is unique in one call, and the ISO 639-1 code of its language or ""."""

    id: str
    text: str
    language: str = ""

    def __post_init__(self) -> None:
        # Offsets of quotes count in the composed text.
        object.__setattr__(self, "text", unicodedata.normalize("NFC", self.text))


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words: half-open code-point offsets into the contribution's text in NFC."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Decisions:
    """What an officer decided; the machine never overrides it. Contributions are named by id.

    fixed: a name of hers → the contributions of that theme; they are in the themes she named and in no other,
    while further ones may join. merged: contributions that share a theme. apart: pairs that share none.
    loose: contributions that stay unassigned. labels: a name in `fixed` → its label.
    """

    fixed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    merged: Sequence[Sequence[str]] = ()
    apart: Sequence[tuple[str, str]] = ()
    loose: Collection[str] = ()
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Theme:
    """What several contributions speak about.

    `id` follows from the first quote, so it stays while that does; `name` is the officer's name or "". `label`
    is made of words that stand in members' texts (or is hers), `labels` the same for each language with at
    least a fifth of the members. `size` counts members, `distinct` counts texts that are nearly the same once.
    `quotes` has the most typical passage first; `passages` every passage that speaks of the theme.
    """

    id: str
    name: str
    label: str
    labels: Mapping[str, str]
    size: int
    distinct: int
    quotes: tuple[Quote, ...]
    members: tuple[str, ...]
    passages: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Themes:
    """Themes, largest first; `unassigned` has every contribution in none; `notices` say what was set aside."""

    themes: tuple[Theme, ...]
    unassigned: tuple[str, ...]
    notices: tuple[tuple[str, str], ...] = ()


def to_json(found: Themes) -> dict[str, Any]:
    """The result as JSON has it: plain lists and objects; `themes_from_json` is the way back."""
    plain: dict[str, Any] = _plain(asdict(found))
    plain["notices"] = [{"code": code, "message": message} for code, message in found.notices]
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value


def themes_from_json(plain: Mapping[str, Any]) -> Themes:
    """The result again, equal to what `to_json` was given."""

    def quotes(rows: Sequence[Mapping[str, Any]]) -> tuple[Quote, ...]:
        return tuple(Quote(row["id"], row["start"], row["end"]) for row in rows)

    return Themes(
        tuple(
            Theme(one["id"], one["name"], one["label"], dict(one["labels"]), one["size"], one["distinct"],
                  quotes(one["quotes"]), tuple(one["members"]), quotes(one["passages"]))
            for one in plain["themes"]
        ),
        tuple(plain["unassigned"]),
        tuple((one["code"], one["message"]) for one in plain["notices"]),
    )
