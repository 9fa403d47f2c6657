"""What is wrong with this instance, in words that say what to do."""

from __future__ import annotations

import zoneinfo

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError

from tribune.common import chain
from tribune.common.models import Link

# PRAGMA → the value that GROUND.md asks for, and why.
_SQLITE = {
    "journal_mode": ("wal", "readers would wait for writers"),
    "synchronous": (2, "an acknowledged vote could be lost when the power fails"),
    "secure_delete": (1, "what is deleted would stay in the file"),
}


def problems() -> list[str]:
    """Return one line for each thing that is wrong; empty when all is well."""
    return [*_secrets(), *_time_zone(), *_database(), *_chains()]


def _secrets() -> list[str]:
    found = []
    if settings.DEBUG and "https://" in settings.BASE_URL:
        found.append("TRIBUNE_DEBUG is on at a public address: errors would show the inside. Switch it off.")
    if len(settings.SECRET_KEY) < 32:
        found.append("TRIBUNE_SECRET_KEY has fewer than 32 characters. Remove it, and a good one is made.")
    if settings.BASE_URL.startswith("https://") and not settings.SESSION_COOKIE_SECURE:
        found.append("TRIBUNE_BASE_URL is HTTPS but TRIBUNE_HTTPS is off: cookies would travel openly. Switch it on.")
    return found


def _time_zone() -> list[str]:
    try:
        zoneinfo.ZoneInfo(settings.TIME_ZONE)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return [f"TRIBUNE_TIME_ZONE is {settings.TIME_ZONE!r}, which is no IANA zone. Write for example Europe/Zurich."]
    return []


def _database() -> list[str]:
    try:
        found = []
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                for pragma, (wanted, why) in _SQLITE.items():
                    cursor.execute(f"PRAGMA {pragma}")
                    value = cursor.fetchone()[0]
                    if value != wanted:
                        found.append(f"SQLite has {pragma}={value} instead of {wanted}: {why}.")
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if waiting:
            found.append(f"{len(waiting)} migrations wait. Run `tribune migrate`.")
        return found
    except DatabaseError as error:
        return [f"The database does not answer: {str(error).splitlines()[0]}. Look at TRIBUNE_DATABASE_URL."]


def _chains() -> list[str]:
    """Walk the append-only chains: nobody changed what was signed (GROUND.md, Verdicts)."""
    try:
        found = []
        for name in Link.objects.order_by().values_list("chain", flat=True).distinct():
            try:
                chain.verify(name)
            except chain.Broken as broken:
                found.append(f"The chain does not hold: {broken}. Compare with a backup, and with exports that print "
                             "the head of the chain.")
        return sorted(found)
    except DatabaseError:
        return []  # said by the database already
