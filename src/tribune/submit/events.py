"""What this room announces."""

SUBMISSION_SIGNED = "submission_signed"
SUBMISSION_SENT = "submission_sent"
