"""What people type to answer questions, give points, settle what meets, and what officers set for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from tribune.people.choices import MandateLevel
from tribune.people.models import City
from tribune.people.rules import Viewer
from tribune.watch.rules import deadline_moment

from .actions import PhaseGiven, QuestionGiven
from .choices import Act, PhaseKind, Settled, Strength, Who
from .city_queries import Meeting
from .formats import VERBS
from .forms import ACTS, LANGUAGES, MYSELF
from .models import Contribution, Phase, Question
from .rules import MOST_POINTS

_DAY = forms.DateInput(attrs={"type": "date"})
_TIME = forms.TimeInput(attrs={"type": "time"})
_TEN_MEGABYTES = 10_000_000


def for_whom(cities: Iterable[City]) -> list[tuple[str, Any]]:
    """Return the choices of "You write for": the person's cities, then the person."""
    return [*((str(city.pk), str(city)) for city in cities), (MYSELF, _("myself"))]


class AnswerForm(forms.Form):
    """An answer to one question of a call; the server counts words as the page does."""

    why = forms.CharField(label=_("Your answer, in any language"), widget=forms.Textarea(attrs={"rows": 8}),
                          error_messages={"required": _("Write your answer.")})
    language = forms.ChoiceField(label=_("Language of your words"), choices=LANGUAGES, required=False)
    city = forms.ChoiceField(label=_("You write for"))

    def __init__(self, *args: Any, cities: Iterable[City], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(city.pk): city for city in cities}
        if self.places:
            self.fields["city"].choices = for_whom(self.places.values())  # type: ignore[attr-defined]
        else:
            del self.fields["city"]

    def place(self) -> City | None:
        """Return the city that was chosen, or None for oneself."""
        return self.places.get(self.cleaned_data.get("city", MYSELF))


class ReviewForm(AnswerForm):
    """Whether the organiser's summary says what was said."""

    right = forms.ChoiceField(label=_("Does it say what was said?"), widget=forms.RadioSelect, choices=[
        ("yes", _("Yes, it does")), ("no", _("Something is wrong or missing"))],
        error_messages={"required": _("Choose one.")})
    field_order = ["right", "why", "language", "city"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].required = False
        self.fields["why"].label = _("What is wrong or missing")


class PointsForm(forms.Form):
    """Ten points over what was said: one small number field for each contribution."""

    def __init__(self, *args: Any, contributions: Iterable[Contribution], given: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in contributions:
            self.fields[row.public_id] = forms.IntegerField(
                label=_("Points"), required=False, min_value=0, max_value=MOST_POINTS, initial=given.get(row.public_id),
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "points"}))

    def given(self) -> dict[str, int]:
        """Return the points typed, by public id."""
        return {key: n for key, n in self.cleaned_data.items() if n}


class SettleForm(forms.Form):
    """How proposals that meet are settled: one of them, joined, or both."""

    how = forms.ChoiceField(label=_("What should stand?"), widget=forms.RadioSelect,
                            error_messages={"required": _("Choose one, join them, or keep both.")})
    wording = forms.CharField(label=_("The wording that joins them"), required=False,
                              widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wording"].initial = meeting.joined
        self.meeting = meeting
        choices: list[tuple[str, Any]] = []
        reasons: dict[str, Any] = {}
        for row in meeting.proposals:
            by = row.service or (str(row.author) if row.author else "")
            choices.append((row.public_id, _("%(act)s, by %(by)s") % {"act": row.get_act_display(), "by": by}
                            if by else row.get_act_display()))
            reasons[row.public_id] = Truncator(row.wording or row.why).chars(120)
        choices += [(Settled.MERGED, _("Join them into one")), (Settled.BOTH, _("Keep both as they are"))]
        reasons[Settled.MERGED] = (_("All edits stand together; they do not stand in each other's way.")
                                   if meeting.clean else _("What was asked second stands in brackets: choose there."))
        reasons[Settled.BOTH] = _("A delegate can send one or several.")
        field = self.fields["how"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.reasons = reasons  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """Return what was chosen, as `settle` takes it."""
        how = self.cleaned_data["how"]
        if how in (Settled.MERGED, Settled.BOTH):
            return {"how": how, "wording": self.cleaned_data["wording"] if how == Settled.MERGED else ""}
        return {"how": Settled.CHOSEN, "chosen": next(
            row for row in self.meeting.proposals if row.public_id == how)}


class ReviseForm(forms.Form):
    """An inner contribution, written anew."""

    act = forms.ChoiceField(label=_("What should happen to it?"), widget=forms.RadioSelect,
                            choices=[(act, label) for act, (label, _reason) in ACTS.items()])
    wording = forms.CharField(label=_("Your wording"), required=False, widget=forms.Textarea(attrs={"rows": 6}),
                              help_text=_("The paragraph as it should read. The marks are drawn for you."))
    why = forms.CharField(label=_("Why, in your own words, any language"), required=False,
                          widget=forms.Textarea(attrs={"rows": 4}))
    strength = forms.ChoiceField(label=_("How important"), widget=forms.RadioSelect, required=False,
                                 choices=[(Strength.MUST, _("Must")), (Strength.SHOULD, _("Should"))])

    def __init__(self, *args: Any, contribution: Contribution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"act": contribution.act, "strength": contribution.strength or Strength.SHOULD,
                        "wording": contribution.wording or contribution.read_text, "why": contribution.why}
        self.contribution = contribution
        if contribution.passage_id is None:
            for name in ("act", "wording", "strength"):
                del self.fields[name]
            self.fields["why"].label = _("Your answer, in any language")

    def given(self) -> dict[str, Any]:
        """Return what was typed, as `revise_contribution` takes it."""
        typed = self.cleaned_data
        return {"act": typed.get("act", self.contribution.act), "why": typed["why"],
                "strength": typed.get("strength", ""), "wording": typed.get("wording", "")}


class PositionForm(forms.Form):
    """What stands behind a city's position, until when, and the document that says so."""

    level = forms.ChoiceField(label=_("What stands behind it"), choices=MandateLevel.choices,
                              widget=forms.RadioSelect,
                              error_messages={"required": _("Choose what stands behind it.")})
    body = forms.CharField(label=_("Who signed or voted"), required=False, max_length=200,
                           help_text=_("For example: city council, mayor."))
    given_on = forms.DateField(label=_("On which day"), required=False, widget=_DAY)
    valid_until = forms.DateField(label=_("Valid until"), required=False, widget=_DAY,
                                  help_text=_("Leave it empty if it has no end."))
    document = forms.FileField(label=_("The letter or the minutes"), required=False,
                               help_text=_("Stays inside your city unless you publish it. At most 10 MB."))
    document_is_public = forms.BooleanField(label=_("Everybody may read this document"), required=False)

    def clean_document(self) -> Any:
        """Refuse what is too large to be a letter."""
        document = self.cleaned_data["document"]
        if document is not None and document.size > _TEN_MEGABYTES:
            raise forms.ValidationError(_("This file has %(n)d MB; 10 MB are allowed.")
                                        % {"n": document.size // 1_000_000})
        return document


class PhaseForm(forms.Form):
    """One phase as an officer sets it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=PhaseKind.choices)
    title = forms.CharField(label=_("Its name, if it has one"), required=False, max_length=120)
    permits = forms.MultipleChoiceField(label=_("What people may do"), widget=forms.CheckboxSelectMultiple,
                                        choices=[(key, verb.label) for key, verb in VERBS.items()], required=False)
    who = forms.ChoiceField(label=_("Whom it asks"), choices=Who.choices)
    starts_on = forms.DateField(label=_("Begins on"), required=False, widget=_DAY)
    starts_time = forms.TimeField(label=_("Begins at"), required=False, widget=_TIME)
    ends_on = forms.DateField(label=_("Ends on"), required=False, widget=_DAY)
    ends_time = forms.TimeField(label=_("Ends at"), required=False, widget=_TIME,
                                help_text=_("Without a time: at the end of the day."))
    leave_out = forms.BooleanField(label=_("Leave this phase out"), required=False)

    def phase(self, zone: str) -> PhaseGiven | None:
        """Return the phase that was filled in; None where it is left out."""
        typed = self.cleaned_data
        if typed["leave_out"]:
            return None
        return PhaseGiven(kind=typed["kind"], title=typed["title"], permits=tuple(typed["permits"]), who=typed["who"],
                          starts_at=_begins(typed["starts_on"], typed["starts_time"], zone),
                          ends_at=deadline_moment(typed["ends_on"], typed["ends_time"], zone)
                          if typed["ends_on"] else None)


def phase_forms(phases: Iterable[Phase], zone: str, data: Any = None) -> list[PhaseForm]:
    """Return a form for each phase and an empty one for another; the empty one is left out unless it is filled."""
    forms_ = [PhaseForm(data, prefix=f"phase-{place}", initial=_of_phase(phase, ZoneInfo(zone)))
              for place, phase in enumerate(phases)]
    return [*forms_, PhaseForm(data, prefix=f"phase-{len(forms_)}", initial={"leave_out": True})]


class QuestionForm(forms.Form):
    """One question of a call as an officer sets it."""

    public_id = forms.CharField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(label=_("Question"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    help = forms.CharField(label=_("What helps to answer it"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    most_words = forms.IntegerField(
        label=_("At most, in words"), min_value=1, max_value=10_000, initial=300,
        help_text=_("As the host counts. Where a script has no spaces, each character counts as one word."))

    def question(self) -> QuestionGiven | None:
        """Return the question that was filled in; None where its words are taken away."""
        typed = self.cleaned_data
        return QuestionGiven(typed["text"], typed["most_words"], typed["help"], typed["public_id"]) \
            if typed["text"].strip() else None


def question_forms(questions: Iterable[Question], data: Any = None) -> list[QuestionForm]:
    """Return a form for each question, and two empty ones."""
    rows: list[dict[str, Any]] = [{"public_id": row.public_id, "text": row.text, "help": row.help,
                                   "most_words": row.most_words} for row in questions]
    return [QuestionForm(data, prefix=f"question-{place}", initial=row) for place, row in enumerate([*rows, {}, {}])]


class SummaryForm(forms.Form):
    summary = forms.CharField(label=_("Summary of what was said"), widget=forms.Textarea(attrs={"rows": 10}),
                              error_messages={"required": _("Write what you understood.")},
                              help_text=_("People say whether it is right while a review lasts."))


LIGHT_ACTS: list[tuple[str, Any]] = [(act, ACTS[act][0]) for act in (Act.COMMENT, Act.KEEP, Act.CHANGE, Act.DELETE)]


class LightForm(forms.Form):
    """All on one small page: which paragraph, what should happen to it, the words."""

    path = forms.ChoiceField(label=_("Paragraph"))
    act = forms.ChoiceField(label=_("What should happen to it?"))
    wording = forms.CharField(label=_("For Change: the paragraph as it should read"), required=False,
                              widget=forms.Textarea(attrs={"rows": 4, "cols": 40}))
    why = forms.CharField(label=_("Why, or your comment"), required=False,
                          widget=forms.Textarea(attrs={"rows": 3, "cols": 40}))
    strength = forms.ChoiceField(label=_("How important"), required=False, choices=[
        (Strength.MUST, _("Must")), (Strength.SHOULD, _("Should"))])
    city = forms.ChoiceField(label=_("You write for"), required=False)

    def __init__(self, *args: Any, paths: list[tuple[str, str]], acts: Iterable[str], cities: Iterable[City],
                 viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(city.pk): city for city in cities}
        path, act, city = (self.fields[name] for name in ("path", "act", "city"))
        assert isinstance(path, forms.ChoiceField)
        assert isinstance(act, forms.ChoiceField)
        assert isinstance(city, forms.ChoiceField)
        path.choices = paths
        act.choices = [(key, label) for key, label in LIGHT_ACTS if key in acts]
        if self.places:
            city.choices = for_whom(self.places.values())
        else:
            del self.fields["city"]
        if list(acts) == [Act.COMMENT]:
            for name in ("wording", "strength"):
                del self.fields[name]


def _begins(on: Any, time: Any, zone: str) -> datetime | None:
    if on is None:
        return None
    from datetime import time as clock

    return datetime.combine(on, time or clock(0), tzinfo=ZoneInfo(zone))


def _of_phase(phase: Phase, zone: ZoneInfo) -> dict[str, Any]:
    starts = phase.starts_at.astimezone(zone) if phase.starts_at else None
    ends = phase.ends_at.astimezone(zone) if phase.ends_at else None
    return {"kind": phase.kind, "title": phase.title, "permits": phase.permits, "who": phase.who,
            "starts_on": starts.date() if starts else None, "starts_time": starts.time() if starts else None,
            "ends_on": ends.date() if ends else None, "ends_time": ends.time() if ends else None}
