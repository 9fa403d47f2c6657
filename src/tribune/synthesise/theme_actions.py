"""Asking for themes, and deciding about them. The machine never overrides what is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tribune.common import journal
from tribune.common.ids import new_id
from tribune.common.refusals import NotAllowed, Refusal
from tribune.people.rules import Viewer
from tribune.watch.models import Process

from . import deciding
from .choices import ReadingState, ThemeAct
from .rules import may_gather_asks
from .theme_models import ThemesDecision, ThemesReading
from .theme_queries import Shown, decided_in, decisions_of


class NoLabel(Refusal):
    status = 422
    words = _("Give the theme a name; a few words are enough.")


class NothingTicked(Refusal):
    status = 422
    words = _("Tick at least one answer first.")


class ThemeGone(Refusal):
    status = 409
    words = _("This theme is not there any more: somebody changed the themes meanwhile. Look at them as they are now.")


class DecidedMeanwhile(Refusal):
    status = 409
    words = _("Somebody else decided something meanwhile. Nothing was changed; look at the themes as they are now.")


class NothingToUndo(Refusal):
    status = 409
    words = _("There is nothing to take back.")


@transaction.atomic
def ask_for_themes(*, process: Process, by: Viewer, at: datetime) -> ThemesReading:
    """Let themes be found in what is published; return the reading that waits, the one there is if it waits already."""
    _check(process, by)
    Process.objects.select_for_update().get(pk=process.pk)
    waiting = ThemesReading.objects.filter(process=process, state=ReadingState.WAITING).first()
    return waiting or ThemesReading.objects.create(
        process=process, organisation_id=process.organisation_id, asked_by_id=by.user_id, asked_at=at)


@transaction.atomic
def name_theme(*, process: Process, theme: Shown, label: str, seen: int, by: Viewer, at: datetime) -> ThemesDecision:
    """Give a theme a name. It is hers from now on, with the members it has."""
    if not label.strip():
        raise NoLabel
    decided = deciding.keep(_decided(process, seen, by), key=theme.key or new_id(), label=label, members=_ids(theme))
    return _record(process, ThemeAct.NAME, label, decided, by, at)


@transaction.atomic
def merge_themes(*, process: Process, themes: Sequence[Shown], label: str, seen: int, by: Viewer,
                 at: datetime) -> ThemesDecision:
    """Put themes together under one name, that of the first of hers where none is given."""
    if len(themes) < 2:
        raise ThemeGone
    first = next((theme for theme in themes if theme.key), themes[0])
    into = first.key or new_id()
    decided = deciding.merge(
        _decided(process, seen, by), into=into, label=label.strip() or first.label,
        members=[one for theme in themes for one in _ids(theme)], gone=[theme.key for theme in themes if theme.key])
    return _record(process, ThemeAct.MERGE, " + ".join(theme.label for theme in themes), decided, by, at)


@transaction.atomic
def split_theme(*, process: Process, theme: Shown, members: Iterable[str], label: str, seen: int, by: Viewer,
                at: datetime) -> ThemesDecision:
    """Make a theme of its own of some members; both parts are hers from now on."""
    leaving = _ticked(theme, members)
    if not label.strip():
        raise NoLabel
    decided = deciding.take(_decided(process, seen, by), members=leaving, out_of=theme.key or new_id(),
                            rest=_ids(theme), label=theme.label)
    return _record(process, ThemeAct.SPLIT, label,
                   deciding.keep(decided, key=new_id(), label=label, members=leaving), by, at)


@transaction.atomic
def move_members(*, process: Process, theme: Shown | None, members: Iterable[str], into: Shown, seen: int, by: Viewer,
                 at: datetime) -> ThemesDecision:
    """Move members of a theme, or of those in none, into another; both themes are hers from now on."""
    leaving = _ticked(theme, members)
    decided = _decided(process, seen, by)
    if theme is not None:
        decided = deciding.take(decided, members=leaving, out_of=theme.key or new_id(), rest=_ids(theme),
                                label=theme.label)
    decided = deciding.keep(decided, key=into.key or new_id(), label=into.label, members=[*_ids(into), *leaving])
    return _record(process, ThemeAct.MOVE, into.label, decided, by, at)


@transaction.atomic
def take_out(*, process: Process, theme: Shown, members: Iterable[str], seen: int, by: Viewer,
             at: datetime) -> ThemesDecision:
    """Take members out of all themes; they stay in sight among those that fit nowhere."""
    leaving = _ticked(theme, members)
    return _record(process, ThemeAct.OUT, theme.label, deciding.let_loose(_decided(process, seen, by), leaving), by, at)


@transaction.atomic
def give_back(*, process: Process, theme: Shown, seen: int, by: Viewer, at: datetime) -> ThemesDecision:
    """Leave a theme of hers to the machine again."""
    decided = deciding.give_back(_decided(process, seen, by), key=theme.key)
    return _record(process, ThemeAct.BACK, theme.label, decided, by, at)


@transaction.atomic
def undo_last(*, process: Process, by: Viewer, at: datetime) -> ThemesDecision:
    """Take the last act back; the one before it stands again."""
    _check(process, by)
    Process.objects.select_for_update().get(pk=process.pk)
    acts = decisions_of(process)
    if not acts:
        raise NothingToUndo
    acts[0].undone_at = at
    acts[0].save(update_fields=["undone_at"])
    journal.record("themes_undone", by=by.public_id, thing=process.public_id, at=at)
    return acts[0]


def _check(process: Process, by: Viewer) -> None:
    if not may_gather_asks(by, process.organisation_id):
        raise NotAllowed(_("Only an officer of this organisation decides about themes."))


def _decided(process: Process, seen: int, by: Viewer) -> deciding.Decided:
    """What is decided so far; `seen` is the last act that the officer saw on her page."""
    _check(process, by)
    Process.objects.select_for_update().get(pk=process.pk)
    acts = decisions_of(process)
    if (acts[0].pk if acts else 0) != seen:
        raise DecidedMeanwhile
    return decided_in(acts)


def _ids(theme: Shown) -> list[str]:
    return [row.public_id for row in theme.members]


def _ticked(theme: Shown | None, members: Iterable[str]) -> list[str]:
    inside = set(_ids(theme)) if theme else None
    ticked = [one for one in dict.fromkeys(members) if inside is None or one in inside]
    if not ticked:
        raise NothingTicked
    return ticked


def _record(process: Process, act: ThemeAct, words: str, decided: deciding.Decided, by: Viewer,
            at: datetime) -> ThemesDecision:
    journal.record("themes_decided", by=by.public_id, thing=process.public_id, at=at)
    return ThemesDecision.objects.create(process=process, act=act, words=words[:300], made_by_id=by.user_id, made_at=at,
                                         decided=deciding.to_stored(decided))
