"""What this room announces."""

UPTAKE_JUDGED = "uptake_judged"
LEDGER_OPENED = "ledger_opened"
