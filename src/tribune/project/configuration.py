"""Every setting of an instance, in one place: from the environment, else from one TOML file, else its default.

`docs/reference/settings.md` is generated from SETTINGS, and a test keeps the two alike.
"""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class Misconfigured(Exception):
    """A setting that cannot be used; says which, what is wrong and what to write instead."""


def _flag(words: str) -> bool:
    if words.strip().lower() in ("1", "true", "yes", "on"):
        return True
    if words.strip().lower() in ("0", "false", "no", "off", ""):
        return False
    raise ValueError("write yes or no")


def _list(words: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in words.split(",") if part.strip())


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name without the prefix TRIBUNE_, how to read it, its default, and words for the manual."""

    name: str
    read: Callable[[str], Any]
    default: Any
    words: str
    shown: str = ""


SETTINGS = (
    Setting("data", Path, None, "Folder for the embedded database, original files, mailbox and keys.", "./data"),
    Setting("database_url", str, "", "postgresql://user:password@host:5432/name. Empty: SQLite in the data folder."),
    Setting("secret_key", str, "", "Signs sessions and forms. Empty: made once and kept in the data folder."),
    Setting("debug", _flag, False, "Show errors in the browser. Never on a public address."),
    Setting("hosts", _list, ("localhost", "127.0.0.1", "[::1]"), "Host names that are answered, by commas."),
    Setting("base_url", str, "http://127.0.0.1:8000", "Address in mails, calendars and files; no slash at its end."),
    Setting("https", _flag, False, "The platform is reached by HTTPS: cookies are secure, HSTS is sent."),
    Setting("proxy_hops", int, 0, "How many proxies of yours stand before it; limits on attempts then count by the "
            "address that the first of them saw."),
    Setting("time_zone", str, "UTC", "IANA zone in which a reader without a choice sees times."),
    Setting("mail_url", str, "file", "smtp://user:password@host:587, console, or file (a mailbox in the data folder)."),
    Setting("mail_from", str, "Tribune <tribune@localhost>", "Sender of mails."),
    Setting("file_limit_mb", int, 60, "Largest file that is read, in megabytes."),
    Setting("file_limit_pages", int, 2000, "Most pages of a file."),
    Setting("file_limit_seconds", int, 60, "Longest time that reading a file may take."),
    Setting("file_limit_ocr_seconds", int, 900, "Longest time that recognising the letters of a scan may take."),
    Setting("file_at_once_mb", int, 2, "Files up to this size are read while the sender waits; larger ones by the worker."),  # noqa: E501
    Setting("file_limit_memory_mb", int, 1024, "Most memory that reading a file may take, in megabytes."),
    Setting("model_url", str, "", "Address of an OpenAI-compatible language model, such as http://127.0.0.1:11434/v1. "
            "Empty: none is asked, and nothing needs one."),
    Setting("model_name", str, "", "Name of the model at that address."),
    Setting("model_key", str, "", "Key that the model's address asks for."),
    Setting("model_seconds", int, 60, "Longest time that an answer of the model may take."),
    Setting("sample", _flag, False, "This instance holds the sample story: every page says so."),
)


def _toml(environment: Mapping[str, str]) -> dict[str, Any]:
    named = environment.get("TRIBUNE_CONFIG")
    if not named:
        return {}
    try:
        return tomllib.loads(Path(named).read_text(encoding="utf-8"))
    except OSError as error:
        raise Misconfigured(f"TRIBUNE_CONFIG names {named}, which cannot be read: {error.strerror}.") from error
    except tomllib.TOMLDecodeError as error:
        raise Misconfigured(f"{named} is not valid TOML: {error}.") from error


def _read(setting: Setting, raw: Any) -> Any:
    if isinstance(raw, bool | int) and not isinstance(raw, str):
        raw = str(raw)
    if isinstance(raw, list):
        raw = ",".join(str(part) for part in raw)
    try:
        return setting.read(raw)
    except ValueError as error:
        raise Misconfigured(f"TRIBUNE_{setting.name.upper()} is {raw!r}: {error}.") from error


def load(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Return every setting by name. Raises Misconfigured with words that name the setting."""
    written = _toml(environment)
    known = {setting.name for setting in SETTINGS}
    for name in written:
        if name not in known:
            raise Misconfigured(f"{name} in the configuration file is no setting; see docs/reference/settings.md.")
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        raw = environment.get(f"TRIBUNE_{setting.name.upper()}")
        raw = written.get(setting.name) if raw is None else raw
        values[setting.name] = setting.default if raw is None else _read(setting, raw)
    values["data"] = (values["data"] or Path("data")).resolve()
    return values


def kept_secret(folder: Path, name: str = "secret_key") -> str:
    """Return the secret kept in the data folder; make it, readable by its owner only, on first use."""
    path = folder / name
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii").strip()


def database(url: str, folder: Path) -> dict[str, Any]:
    """Return Django's DATABASES["default"] for a URL, or for the embedded database when it is empty."""
    if not url:
        folder.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "tribune.sqlite3",
            "OPTIONS": SQLITE_OPTIONS,
            # A file, so that several processes and threads of a test share it.
            "TEST": {"NAME": str(folder / "test.sqlite3")},
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise Misconfigured(
            f"TRIBUNE_DATABASE_URL begins with {parts.scheme or url!r}; write postgresql://user:password@host/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


# GROUND.md, Plumbing: durable at every acknowledged commit, writers wait instead of failing, and what is
# deleted leaves no bytes behind.
SQLITE_OPTIONS = {
    "timeout": 10,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
                    "PRAGMA cache_size=-16000;",
}


def mail(url: str, folder: Path) -> dict[str, Any]:
    """Return Django's e-mail settings for the way mails leave the house."""
    if url == "console":
        return {"DELIVERY_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if url == "file":
        return {"DELIVERY_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
                "EMAIL_FILE_PATH": folder / "mailbox"}
    if url == "memory":
        return {"DELIVERY_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps"):
        raise Misconfigured(f"TRIBUNE_MAIL_URL is {url!r}; write console, file, or smtp://user:password@host:587.")
    return {
        "DELIVERY_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and (parts.port or 587) == 587,
        "EMAIL_TIMEOUT": 20,
    }


def page() -> str:
    """Return the manual page of all settings, in Markdown."""
    rows = ["# Settings", "",
            "Generated from `tribune.project.configuration`; `./tribune dev docs` writes it again.", "",
            "Each is read from the environment, or else from the TOML file that `TRIBUNE_CONFIG` names "
            "(there without the prefix, in small letters).", "",
            "| setting | default | what it does |", "|---|---|---|"]
    for setting in SETTINGS:
        default = setting.shown or setting.default
        if isinstance(default, bool):
            default = "yes" if default else "no"
        if isinstance(default, tuple):
            default = ",".join(default)
        shown = f"`{default}`" if default != "" else ""
        rows.append(f"| `TRIBUNE_{setting.name.upper()}` | {shown} | {setting.words} |")
    return "\n".join(rows) + "\n"
