"""What this room announces."""

UPTAKE_JUDGED = "uptake_judged"
LEDGER_OPENED = "ledger_opened"
VERDICT_CONTESTED = "verdict_contested"
CONTEST_ANSWERED = "contest_answered"
# Within this room: a version whose asks with a number above `after` are still to be compared.
VERSION_TO_JUDGE = "version_to_judge"
