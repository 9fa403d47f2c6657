"""When maps are drawn: each minute for open consultations in which enough has changed, and once at closing."""

from __future__ import annotations

from datetime import datetime, timedelta

from tribune.common.outbox import Happened, reaction
from tribune.common.timetable import every

from . import opinion_map
from .choices import ConsultationState
from .events import CONSULTATION_CLOSED
from .models import Consultation


@every(timedelta(minutes=1))
def draw_what_changed(at: datetime) -> None:
    """Draw the maps of open consultations in which five votes or a statement changed since the last."""
    for consultation in Consultation.objects.filter(state=ConsultationState.OPEN):
        if opinion_map.is_due(consultation):
            opinion_map.keep_map(consultation=consultation, at=at)


@reaction(CONSULTATION_CLOSED)
def draw_the_last(event: Happened) -> None:
    """Draw the map of a closed consultation; a second delivery draws the same."""
    consultation = Consultation.objects.get(pk=event.ids["consultation"])
    opinion_map.keep_map(consultation=consultation, at=event.at)
