"""Who may open which address of this room; project.permissions joins the rooms' rows into the one table."""

from .rules import ANYONE, SIGNED_IN

DOORS: dict[str, frozenset[str]] = {
    "account_request_login_code": frozenset({ANYONE}),
    "account_confirm_login_code": frozenset({ANYONE}),
    "account_login": frozenset({ANYONE}),
    "account_logout": frozenset({SIGNED_IN}),
}
