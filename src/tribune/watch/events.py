"""What this room announces."""

CALL_OPENED = "call_opened"
DEADLINE_MOVED = "deadline_moved"
# Other words, or another opening; the deadline has an event of its own.
CALL_CHANGED = "call_changed"
CALL_WITHDRAWN = "call_withdrawn"
PROCESS_CHANGED = "process_changed"
MEETING_CHANGED = "meeting_changed"
STAGE_CHANGED = "stage_changed"
VERSION_PUBLISHED = "version_published"
VERSION_ALIGNED = "version_aligned"
# A corrected file was read for a published version: places keep their uids, words may have changed.
VERSION_REREAD = "version_reread"
