"""What this room announces."""

CALL_OPENED = "call_opened"
DEADLINE_MOVED = "deadline_moved"
VERSION_PUBLISHED = "version_published"
VERSION_ALIGNED = "version_aligned"
