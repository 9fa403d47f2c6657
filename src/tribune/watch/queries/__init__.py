"""Reading this room: one function a noun, each filtered by what the viewer may see."""

from ._alignments import Successor, alignment_for, alignments_to, pairs_of, predecessors_of, successors_of
from ._calls import calendar_entries, call_for, closing_calls, open_calls
from ._processes import draft_for, drafts_for, latest_versions, process_for, processes
from ._texts import (
    engine_paragraphs,
    languages_of,
    lines_of,
    original_rendition,
    own_version_for,
    paragraph_for,
    paragraphs_of,
    preview_for,
    previews_of,
    rendition_for,
    strips_of,
    version_for,
    versions_for,
    visible_versions,
)

__all__ = [
    "Successor",
    "alignment_for",
    "alignments_to",
    "calendar_entries",
    "call_for",
    "closing_calls",
    "draft_for",
    "drafts_for",
    "engine_paragraphs",
    "languages_of",
    "latest_versions",
    "lines_of",
    "open_calls",
    "original_rendition",
    "own_version_for",
    "pairs_of",
    "paragraph_for",
    "paragraphs_of",
    "predecessors_of",
    "preview_for",
    "previews_of",
    "process_for",
    "processes",
    "rendition_for",
    "strips_of",
    "successors_of",
    "version_for",
    "versions_for",
    "visible_versions",
]
