"""Changing this room: processes and calls, drafts and versions, alignments."""

from ._alignments import align_versions, check_alignment, compare_versions
from ._calls import make_call, make_process, move_deadline, recompute_deadlines
from ._publishing import discard_preview, publish_version
from ._texts import add_rendition, import_version, make_draft

__all__ = [
    "add_rendition",
    "align_versions",
    "check_alignment",
    "compare_versions",
    "discard_preview",
    "import_version",
    "make_call",
    "make_draft",
    "make_process",
    "move_deadline",
    "publish_version",
    "recompute_deadlines",
]
