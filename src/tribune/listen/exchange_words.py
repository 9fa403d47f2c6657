"""What happened to data of other platforms, in words: why a row was left out, or all of it, and what is to be known."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["LEFT_OUT", "NOTICES", "REFUSED"]

LEFT_OUT: dict[str, str | Promise] = {
    "short_row": _("This row has too few cells."),
    "not_csv": _("This is no row of a table; a quotation mark may be missing."),
    "bad_id": _("The id is empty or too long."),
    "bad_vote": _("The vote is not 1, 0 or -1."),
    "bad_time": _("The moment is no number."),
    "bad_moderated": _("The state of moderation is not 1, 0 or -1."),
    "unknown_statement": _("A vote on a statement that is not there, or was left out."),
    "duplicate_statement": _("This statement stands there twice; the first is kept."),
    "duplicate_voter": _("This participant stands there twice; the first is kept."),
    "matrix_differs": _("The table of participants says otherwise than the votes; the votes count."),
    "statement_empty": _("The statement has no words."),
    "statement_turning": _("Hidden characters turn its direction of reading."),
    "statement_markup": _("It holds tags."),
    "statement_long": _("It is too long."),
    "statement_marks": _("Its letters bear too many marks to be read."),
    "statement_signs": _("It has no words, only signs."),
    "too_many_statements": _("There are more statements than one file may bring."),
}
NOTICES: dict[str, str | Promise] = {
    "empty_file": _("This file is empty."),
    "no_table": _("This file is no table."),
    "encoding_guessed": _("The encoding was not UTF-8 and had to be guessed."),
    "not_needed": _("This file was not needed."),
    "twice": _("A file of this kind was there already; the first was read."),
    "from_matrix": _("The votes were read from the table of participants: the file with the votes is missing."),
    "no_votes": _("No file with votes came along."),
    "unknown_column": _("A column of the table of participants belongs to no statement."),
    "kept_long": _("Longer than 200 characters; kept, because people have voted on it."),
    "kept_signs": _("Without words; kept, because people have voted on it."),
    "hidden_removed": _("Hidden characters were removed."),
    "sums_left_out": _("Only the statements were taken: sums of votes cannot become voices."),
    "there_already": _("So many statements were there already."),
}
REFUSED: dict[str, str | Promise] = {
    "no_comments": _("The file with the statements (comments.csv) is missing. Bring it together with the votes."),
    "no_statements": _("No statement in it can be read. Look at its columns and at what was left out."),
    "wrong_columns": _("No column holds statements. Name one of them “statement”."),
    "too_many": _("It holds more than can be taken in: 20,000 statements, a million voices, five million votes."),
    "too_large": _("Unpacked, these files are too large. Bring one conversation at a time."),
    "locked": _("The archive asks for a password. Pack it without one."),
    "no_table": _("It is neither a table nor an archive of tables."),
    "empty": _("There is nothing in it."),
    "second": _("This consultation holds an imported conversation already. Prepare another consultation for it."),
    "closed": _("The consultation closed meanwhile."),
}
