"""Who may open which address of this room; project.permissions joins the rooms' rows into the one table."""

from tribune.people.choices import Role
from tribune.people.rules import ANYONE

_ANYONE = frozenset({ANYONE})
_OFFICER = frozenset({Role.OFFICER.value})

DOORS: dict[str, frozenset[str]] = {
    "trace:asks": _ANYONE,
    "trace:ask": _ANYONE,
    "trace:ledger": _ANYONE,
    "trace:ledger_csv": _ANYONE,
    "trace:ledger_json": _ANYONE,
    "trace:ledger_xlsx": _ANYONE,
    "trace:city_pdf": _ANYONE,
    "trace:city_qr": _ANYONE,
    "city_embed": _ANYONE,
    "trace:memory": _ANYONE,
    "trace:commitments": _ANYONE,
    "trace:commitments_csv": _ANYONE,
    "trace:promises": _OFFICER,
    "trace:follow_up": _OFFICER,
    "trace:contest_verdict": _ANYONE,
    "trace:contest": _OFFICER,
    "trace:erase_contest": _OFFICER,
    "trace:erase_reasons": _OFFICER,
    "trace:desk": _OFFICER,
    "trace:sign": _OFFICER,
    "trace:open_ledger": _OFFICER,
    "trace:close_ledger": _OFFICER,
}
