"""What this room announces."""

CONSULTATION_OPENED = "consultation_opened"
CONSULTATION_CLOSED = "consultation_closed"
CONTRIBUTION_MADE = "contribution_made"
# A position that was taken back or deleted, or published words that a moderator took down.
CONTRIBUTION_WITHDRAWN = "contribution_withdrawn"
