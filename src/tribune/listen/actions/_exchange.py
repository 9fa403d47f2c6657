"""Data of other platforms: a file arrives, waits, may be stopped."""

from __future__ import annotations

import io
import secrets
import zipfile
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from tribune.common import journal
from tribune.common.refusals import NotAllowed
from tribune.people.rules import Viewer

from ..choices import ConsultationState, DataState
from ..formats import PROPOSE_STATEMENT, VOTE
from ..models import Consultation, DataImport
from ..refusals import ConsultationClosed, Incomplete, NotInThisPhase, NotWaiting
from ..rules import may_prepare

MOST_DATA_MEGABYTES = 60


@transaction.atomic
def receive_data(*, consultation: Consultation, files: Sequence[tuple[str, bytes]], source: str, by: Viewer,
                 at: datetime, licence: str = "") -> DataImport:
    """Keep files with a conversation of another platform, before anybody has looked into them, and return the import.

    `files`: (name, bytes) each; one ZIP stands for what is in it. Raises NotAllowed, ConsultationClosed (a closed
    one is frozen), NotInThisPhase where nobody votes, NotWaiting while another is read, Incomplete("source", "file").
    """
    found = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    if not may_prepare(by, found.organisation_id):
        raise NotAllowed(_("Only an officer of this organisation brings answers in."))
    if found.state == ConsultationState.CLOSED:
        raise ConsultationClosed
    if not {VOTE, PROPOSE_STATEMENT} & {verb for phase in found.phases.all() for verb in phase.permits}:
        raise NotInThisPhase
    if found.data_imports.filter(state__in=(DataState.WAITING, DataState.READING)).exists():
        raise NotWaiting(_("Another file is being read. Wait until it is done, or stop it."))
    if not source.strip():
        raise Incomplete("source", _("Name where it comes from: people read it beside the statements."))
    if not files or not any(data for _name, data in files):
        raise Incomplete("file", _("Choose a file."))
    made = DataImport(consultation=found, source=source.strip()[:200], licence=licence.strip()[:300],
                      file_names=[name[-120:] for name, _data in files][:20], size=sum(len(d) for _n, d in files),
                      sent_by_id=by.user_id, sent_at=at, key=secrets.token_hex(16))
    made.file.save(f"{made.public_id}.zip", ContentFile(_packed(files)), save=False)
    made.save()
    journal.record("data_received", by=by.public_id, thing=made.public_id, at=at)
    return made


@transaction.atomic
def stop_data(*, data: DataImport, by: Viewer, at: datetime) -> DataImport:
    """Stop an import that waits or is read; what was written of it goes. Raises NotAllowed, NotWaiting."""
    held = DataImport.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=data.pk)
    if not may_prepare(by, held.consultation.organisation_id):
        raise NotAllowed
    if held.state not in (DataState.WAITING, DataState.READING):
        raise NotWaiting
    held.state, held.ended_at = DataState.CANCELLED, at
    held.save(update_fields=["state", "ended_at"])
    transaction.on_commit(partial(held.file.storage.delete, str(held.file.name)))
    journal.record("data_stopped", by=by.public_id, thing=held.public_id, at=at)
    return held


def _packed(files: Sequence[tuple[str, bytes]]) -> bytes:
    if len(files) == 1 and files[0][1][:4] == b"PK\x03\x04" and not files[0][0].lower().endswith(".xlsx"):
        return files[0][1]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, (name, data) in enumerate(files):
            archive.writestr(f"{n}/{name.rpartition('/')[2] or 'file'}", data)
    return out.getvalue()
