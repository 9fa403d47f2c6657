"""Changing this room: processes and calls, drafts and versions, alignments."""

from ._alignments import align_versions, check_alignment, compare_versions
from ._calls import change_call, make_call, move_deadline, recompute_deadlines, restore_call, withdraw_call
from ._follows import choose_digest, follow, stop_digest
from ._joining import join_languages
from ._known import adopt_known, drop_known
from ._meetings import change_meeting, change_stage, make_meeting, make_stage, set_withdrawn
from ._processes import change_process, make_process
from ._publishing import discard_preview, publish_version
from ._reports import decide_report, report_mention
from ._rereading import plan_rereading, reread_rendition
from ._tables import save_table
from ._texts import add_rendition, import_version, make_draft
from ._uploads import (
    cancel_upload,
    keep_document,
    mark_upload,
    receive_upload,
    recognise_upload,
    refuse_upload,
    rename_upload,
    turn_upload,
    use_upload,
)
from ._workbench import edit_reading, redo_edit, undo_edit

__all__ = [
    "add_rendition",
    "adopt_known",
    "align_versions",
    "cancel_upload",
    "change_call",
    "change_meeting",
    "change_process",
    "change_stage",
    "check_alignment",
    "choose_digest",
    "compare_versions",
    "decide_report",
    "discard_preview",
    "drop_known",
    "edit_reading",
    "follow",
    "import_version",
    "join_languages",
    "keep_document",
    "make_call",
    "make_draft",
    "make_meeting",
    "make_process",
    "make_stage",
    "mark_upload",
    "move_deadline",
    "plan_rereading",
    "publish_version",
    "receive_upload",
    "recognise_upload",
    "recompute_deadlines",
    "redo_edit",
    "refuse_upload",
    "rename_upload",
    "report_mention",
    "reread_rendition",
    "restore_call",
    "save_table",
    "set_withdrawn",
    "stop_digest",
    "turn_upload",
    "undo_edit",
    "use_upload",
    "withdraw_call",
]
