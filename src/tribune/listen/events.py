"""What this room announces."""

CONSULTATION_OPENED = "consultation_opened"
CONSULTATION_CLOSED = "consultation_closed"
CONTRIBUTION_MADE = "contribution_made"
