"""One mail as a file: who sent it, what is new in it, and its attachments."""

from __future__ import annotations

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any

from lxml import html

from tribune.engine.types import Unreadable

from ._found import Letter
from ._prose import in_parts

_READ = frozenset({"docx", "csv", "tsv", "txt", "md", "eml", "json", "jsonld"})
# Where the mail that is answered begins; what stands below is not the sender's.
_QUOTED = re.compile(
    r"^(?:-{3,}\s*(?:original message|message d['’]origine|mensaje original|исходное сообщение|الرسالة الأصلية|"
    r"原始邮件)\s*-{3,}|_{10,}|on .{5,120}\bwrote:|le .{5,120}\ba écrit\s*:|el .{5,120}\bescribió:|"
    r".{5,120}\bпишет:|.{0,80}كتب.{0,40}:|.{0,80}写道[:：])\s*$", re.IGNORECASE)


def read(data: bytes, *, inner: Callable[[bytes, str], Letter]) -> Letter:
    """Return sender, subject, the new words of the body, and what the attachments say, each read by `inner`."""
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not (message["from"] or message["subject"]):
        raise Unreadable("no_mail", "This is no mail: neither a sender nor a subject is in it.",
                         "Save the mail as .eml and bring that file.")
    letter = Letter()
    letter.sender_name, letter.sender = parseaddr(str(message["from"] or ""))
    letter.subject = str(message["subject"] or "")[:300]
    if message["date"]:
        try:
            letter.sent_at = parsedate_to_datetime(str(message["date"])).isoformat()
        except (TypeError, ValueError):
            letter.warnings.append(("date", "The date of the mail could not be read."))
    body = _body(message, letter)
    for item in in_parts(without_quotes(body), "mail"):
        item.sender, item.by = letter.sender, letter.sender_name
        letter.items.append(item)
    for n, part in enumerate(message.iter_attachments(), start=1):
        _attachment(part, n, letter, inner)
    return letter


def without_quotes(body: str) -> str:
    """Return the words above an answered mail and a signature.

    >>> without_quotes("Yes.\\n\\n-- \\nNoor\\n")
    'Yes.'
    """
    kept: list[str] = []
    for line in body.split("\n"):
        if _QUOTED.match(line.strip()) or line.rstrip() == "--":
            break
        if not line.lstrip().startswith(">"):
            kept.append(line)
    return "\n".join(kept).strip()


def _body(message: EmailMessage, letter: Letter) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except (LookupError, UnicodeError, AttributeError, KeyError):
        from ._prose import decoded

        raw = part.get_payload(decode=True)
        text = decoded(raw if isinstance(raw, bytes) else b"")
        letter.warnings.append(("encoding", "The encoding of the mail had to be guessed."))
    if part.get_content_subtype() == "html":
        tree: Any = html.fromstring(text or "<p></p>")
        for quoted in tree.xpath("//blockquote | //script | //style"):
            quoted.drop_tree()
        for block in tree.xpath("//p | //div | //br | //li | //tr"):
            block.tail = "\n" + (block.tail or "")
        text = str(tree.text_content())
    return text.replace("\r\n", "\n")


def _attachment(part: EmailMessage, n: int, letter: Letter,
                inner: Callable[[bytes, str], Letter]) -> None:
    name = part.get_filename() or f"attachment-{n}"
    if part.get_content_type() == "message/rfc822":
        content, name = bytes(part.get_content()), f"{name}.eml"
    else:
        raw = part.get_payload(decode=True)
        content = raw if isinstance(raw, bytes) else b""
    if name.lower().rpartition(".")[2] not in _READ:
        letter.warnings.append(("attachment", f"The attachment “{name}” is kept and was not read."))
        return
    try:
        inside = inner(content, name)
    except Unreadable as refusal:
        letter.warnings.append((refusal.code, f"“{name}”: {refusal.what}"))
        return
    letter.warnings += inside.warnings
    for item in inside.items:
        item.place = f"{name}, {item.place.removeprefix(f'{name}, ')}"
        item.sender = item.sender or letter.sender
        item.by = item.by or letter.sender_name
        letter.items.append(item)
