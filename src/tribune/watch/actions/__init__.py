"""Changing this room: processes and calls, drafts and versions, alignments."""

from ._alignments import align_versions, check_alignment, compare_versions
from ._calls import change_call, make_call, move_deadline, recompute_deadlines, restore_call, withdraw_call
from ._follows import choose_digest, follow, stop_digest
from ._meetings import change_meeting, change_stage, make_meeting, make_stage, set_withdrawn
from ._processes import change_process, make_process
from ._publishing import discard_preview, publish_version
from ._texts import add_rendition, import_version, make_draft
from ._workbench import edit_reading, redo_edit, undo_edit

__all__ = [
    "add_rendition",
    "align_versions",
    "change_call",
    "change_meeting",
    "change_process",
    "change_stage",
    "check_alignment",
    "choose_digest",
    "compare_versions",
    "discard_preview",
    "edit_reading",
    "follow",
    "import_version",
    "make_call",
    "make_draft",
    "make_meeting",
    "make_process",
    "make_stage",
    "move_deadline",
    "publish_version",
    "recompute_deadlines",
    "redo_edit",
    "restore_call",
    "set_withdrawn",
    "stop_digest",
    "undo_edit",
    "withdraw_call",
]
