"""What officers type about processes, calls, meetings and stages."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from tribune.common.zones import is_zone
from tribune.people.choices import Region
from tribune.people.models import Organisation

from .choices import Participation, Precision, StageKind, TextLanguage
from .models import Call, Meeting, Process, Stage
from .rules import RESERVED
from .vocabulary import GDC_OBJECTIVES, TOPICS, WSIS_LINES, is_target

_ZONE_HELP = _("Region and city, as in America/Bogota. Deadlines count there.")
_SLUG_HELP = _("Lower-case letters, digits and hyphens; it cannot change later. Left empty, it is made from the name.")
_CODES = {code.partition("-")[0] for code, _name in settings.LANGUAGES}
_LIMIT = re.compile(r"\s*\((\d{1,6})\)\s*$")


def _date(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def _time(**options: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), required=False, **options)


def _boxes(label: Any, choices: Any, **options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False,
                                     widget=forms.CheckboxSelectMultiple, **options)


def _numbered(table: Any) -> list[tuple[str, Any]]:
    """Codes and labels in one: "C2 infrastructure"."""
    return [(code, _("%(code)s: %(label)s") % {"code": code, "label": label}) for code, label in table.items()]


class _Zoned(forms.Form):
    def clean_time_zone(self) -> str:
        zone = "_".join(str(self.cleaned_data["time_zone"]).split())
        if not is_zone(zone):
            raise forms.ValidationError(
                _("%(zone)s is no time zone we know. Write region and city, as in America/Lima."),
                params={"zone": zone})
        return zone


class _Titled(forms.Form):
    """A title, and the same title in other languages."""

    name = forms.CharField(label=_("Title"), max_length=200)
    names = forms.CharField(label=_("Title in other languages"), required=False, widget=forms.Textarea(attrs={
        "rows": 3}), help_text=_("One a line, after the language: “fr: Contributions écrites”."))

    def clean_names(self) -> dict[str, str]:
        found = {}
        for line in str(self.cleaned_data["names"]).splitlines():
            code, _colon, words = (part.strip() for part in line.partition(":"))
            if not line.strip():
                continue
            if code not in _CODES or not words or len(words) > 200:
                raise forms.ValidationError(
                    _("“%(line)s” begins with none of our languages: %(codes)s."),
                    params={"line": line.strip()[:60], "codes": " ".join(sorted(_CODES))})
            found[code] = words
        return found


def _lines(names: dict[str, str]) -> str:
    return "\n".join(f"{code}: {words}" for code, words in sorted(names.items()))


class NewProcessForm(_Zoned):
    """What a process needs to begin; all else can be said later."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"), empty_label=None)
    name = forms.CharField(label=_("Title"), max_length=200)
    slug = forms.SlugField(label=_("Short name for addresses"), required=False, max_length=50, help_text=_SLUG_HELP)
    summary = forms.CharField(label=_("What it is about"), required=False, widget=forms.Textarea, max_length=2000,
                              help_text=_("For somebody who hears of it for the first time."))
    host = forms.CharField(label=_("Host"), required=False, max_length=200, help_text=_("Who decides on the text."))
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    time_zone = forms.CharField(label=_("Time zone of the host"), initial="UTC", help_text=_ZONE_HELP,
                                widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}))
    official_url = forms.URLField(label=_("Official page"), required=False, assume_scheme="https")

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data.get("slug") or slugify(self.cleaned_data.get("name", ""))[:50])
        if not slug:
            raise forms.ValidationError(_("Write a short name in Latin letters; the title has none to take."))
        if slug in RESERVED:
            raise forms.ValidationError(_("“%(slug)s” stands for something else in addresses. Choose another one."),
                                        params={"slug": slug})
        return slug


class ProcessForm(_Titled, _Zoned):
    """All that is said about a process, save its short name."""

    summary = forms.CharField(label=_("What it is about"), required=False, widget=forms.Textarea, max_length=2000)
    host = forms.CharField(label=_("Host"), required=False, max_length=200, help_text=_("Who decides on the text."))
    host_region = forms.ChoiceField(label=_("Region of the host"), required=False)
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    time_zone = forms.CharField(label=_("Time zone of the host"), help_text=_ZONE_HELP,
                                widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}))
    cycle = forms.CharField(label=_("How often"), required=False, max_length=120,
                            help_text=_("Every year, for example."))
    official_url = forms.URLField(label=_("Official page"), required=False, assume_scheme="https")
    ways_in = _boxes(_("How local and regional governments may take part"), Participation.choices)
    entry_point = forms.CharField(label=_("How cities take part, in words"), required=False, max_length=2000,
                                  widget=forms.Textarea(attrs={"rows": 3}))
    outputs = forms.CharField(label=_("What it ends in"), required=False, max_length=300)
    topics = _boxes(_("Topics"), ())
    sdg_targets = forms.CharField(label=_("Targets of the Sustainable Development Goals"), required=False,
                                  help_text=_("Numbers with a space between: 11.3 16.7 17.18."))
    wsis_lines = _boxes(_("Action lines of the World Summit on the Information Society"), ())
    gdc_objectives = _boxes(_("Objectives of the Global Digital Compact"), ())
    source_url = forms.URLField(label=_("Where these facts were read"), required=False, assume_scheme="https",
                                max_length=400)
    knowledge = forms.CharField(label=_("State of knowledge"), required=False, max_length=200,
                                help_text=_("What is checked, and what is not."))

    GROUPS = ((_("What it is"), ("name", "names", "summary", "host", "host_region", "place", "time_zone", "cycle",
                                 "official_url")),
              (_("How cities take part"), ("ways_in", "entry_point", "outputs")),
              (_("What it is about"), ("topics", "sdg_targets", "wsis_lines", "gdc_objectives")),
              (_("Where we know it from"), ("source_url", "knowledge")))

    def __init__(self, *args: Any, kept: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Codes of an earlier list stay to be chosen, so that saving drops none unseen.
        known = dict(TOPICS) | {code: code for code in kept.topics if code not in TOPICS}
        for name, choices in (("host_region", [("", _("not stated")), *Region.choices]),
                              ("topics", list(known.items())), ("wsis_lines", _numbered(WSIS_LINES)),
                              ("gdc_objectives", _numbered(GDC_OBJECTIVES))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    @classmethod
    def of(cls, process: Process, data: Any = None) -> ProcessForm:
        initial = {name: getattr(process, name) for name in cls.base_fields}
        return cls(data, kept=process, initial={**initial, "names": _lines(process.names),
                                                "sdg_targets": " ".join(process.sdg_targets)})

    def clean_sdg_targets(self) -> list[str]:
        codes = re.split(r"[\s,;،、]+", str(self.cleaned_data["sdg_targets"]).strip())
        unknown = [code for code in codes if code and not is_target(code)]
        if unknown:
            raise forms.ValidationError(_("%(code)s is no target of the Sustainable Development Goals."),
                                        params={"code": unknown[0]})
        return list(dict.fromkeys(code for code in codes if code))


class _Deadline(forms.Form):
    deadline_on = _date(label=_("Closes on"))
    deadline_time = _time(
        label=_("At"),
        help_text=_("The host’s clock. Left empty, it ends at 23:59 there and we say “time not stated”."))


class _CallWords(_Titled):
    opens_on = _date(label=_("Opens on"), required=False)
    participation = forms.ChoiceField(label=_("Who may answer"), choices=Participation.choices,
                                      initial=Participation.OPEN)
    languages = _boxes(_("In which languages"), TextLanguage.choices)
    word_limit = forms.IntegerField(label=_("At most so many words"), required=False, min_value=1, max_value=1_000_000)
    questions = forms.CharField(label=_("Guiding questions"), required=False, widget=forms.Textarea,
                                help_text=_("One a line. A number in brackets at its end is the most words of an "
                                            "answer: “What stands in your way? (150)”."))
    official_url = forms.URLField(label=_("Official page"), required=False, assume_scheme="https")

    def clean_questions(self) -> list[Any]:
        return [_question(line) for line in str(self.cleaned_data["questions"]).splitlines() if line.strip()]


def _question(line: str) -> str | dict[str, Any]:
    limit = _LIMIT.search(line)
    words = _LIMIT.sub("", line).strip()
    return {"text": words, "words": int(limit[1])} if limit and words and int(limit[1]) else line.strip()


def question_line(question: Any) -> str:
    """Return a guiding question as an officer types it."""
    return f"{question['text']} ({question['words']})" if isinstance(question, dict) else str(question)


class CallForm(_CallWords, _Deadline, _Zoned):
    """A call for input, as its host wrote it."""

    time_zone = forms.CharField(label=_("Time zone of the deadline"), help_text=_ZONE_HELP,
                                widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}))

    field_order = ["name", "names", "deadline_on", "deadline_time", "time_zone", "opens_on", "participation",
                   "languages", "word_limit", "questions", "official_url"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        opens, closes = data.get("opens_on"), data.get("deadline_on")
        if opens and closes and opens > closes:
            self.add_error("opens_on", _("It would open after it closes."))
        return data


class ChangeCallForm(_CallWords):
    """What is said about a call; its deadline has a form of its own, since it keeps its history."""

    @classmethod
    def of(cls, call: Call, data: Any = None) -> ChangeCallForm:
        initial = {name: getattr(call, name) for name in cls.base_fields}
        return cls(data, initial={**initial, "names": _lines(call.names),
                                  "questions": "\n".join(question_line(question) for question in call.questions)})


class MoveForm(_Deadline):
    """Where a deadline moves to."""

    @classmethod
    def of(cls, call: Call, data: Any = None) -> MoveForm:
        return cls(data, initial={"deadline_on": call.deadline_on, "deadline_time": call.deadline_time})


class MeetingForm(_Titled, _Zoned):
    """A meeting, as its host announced it."""

    starts_on = _date(label=_("First day"))
    starts_time = _time(label=_("From"), help_text=_("Left empty, it takes whole days."))
    ends_on = _date(label=_("Last day"), required=False)
    ends_time = _time(label=_("To"))
    time_zone = forms.CharField(label=_("Time zone of the meeting"), help_text=_ZONE_HELP,
                                widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}))
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    join_url = forms.URLField(label=_("Public address to join"), required=False, assume_scheme="https")
    participation = forms.ChoiceField(label=_("Who may take part"), choices=Participation.choices,
                                      initial=Participation.OPEN)
    languages = _boxes(_("In which languages"), TextLanguage.choices)
    official_url = forms.URLField(label=_("Official page"), required=False, assume_scheme="https", max_length=400)

    @classmethod
    def of(cls, meeting: Meeting, data: Any = None) -> MeetingForm:
        initial = {name: getattr(meeting, name) for name in cls.base_fields}
        return cls(data, initial={**initial, "names": _lines(meeting.names)})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("It would end before it begins."))
        begins, ends = data.get("starts_time"), data.get("ends_time")
        if ends and not begins:
            self.add_error("starts_time", _("Write when it begins, or leave both times empty."))
        elif begins and ends and first and (last or first) == first and ends < begins:
            self.add_error("ends_time", _("It would end before it begins."))
        return data


class StageForm(forms.Form):
    """A step of a process's life."""

    kind = forms.ChoiceField(label=_("Stage"), choices=StageKind.choices)
    name = forms.CharField(label=_("What the host calls it"), required=False, max_length=200,
                           help_text=_("Left empty, it is called by its stage."))
    starts_on = _date(label=_("First day"))
    ends_on = _date(label=_("Last day"), required=False)
    precision = forms.ChoiceField(label=_("How exactly it is known"), choices=Precision.choices)
    official_url = forms.URLField(label=_("Official page"), required=False, assume_scheme="https", max_length=400)

    @classmethod
    def of(cls, stage: Stage, data: Any = None) -> StageForm:
        return cls(data, initial={name: getattr(stage, name) for name in cls.base_fields})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("ends_on") and data.get("starts_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("It would end before it begins."))
        return data
