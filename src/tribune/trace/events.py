"""What this room announces."""

UPTAKE_JUDGED = "uptake_judged"
