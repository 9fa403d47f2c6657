"""What this room announces."""

SYNTHESIS_READY = "synthesis_ready"
SUPPORT_LOST = "support_lost"
