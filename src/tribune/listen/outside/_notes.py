"""W3C Web Annotations (JSON-LD): comments and edits on passages, from this platform or another tool.

Source: Web Annotation Data Model, W3C Recommendation, 23 February 2017.
"""

from __future__ import annotations

import json
import re
from typing import Any

from tribune.engine.types import Unreadable

from ._found import Found, Letter

_UID = re.compile(r"/para/([0-9a-z]{10})(?:[/?#]|$)")
_ACTS = ("KEEP", "ADD", "CHANGE", "DELETE")


def read(data: bytes, name: str) -> Letter:
    """Return an answer for each annotation; those without words are told."""
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Unreadable("no_json", f"“{name}” is not JSON.", "Export the annotations again.") from None
    letter = Letter()
    for n, row in enumerate(_annotations(told), start=1):
        one = _one(row, f"annotation {n}")
        if one is None:
            letter.warnings.append(("annotation", f"Annotation {n} holds no words."))
        else:
            letter.items.append(one)
    if not letter.items and not letter.warnings:
        raise Unreadable("no_annotations", f"“{name}” holds no annotations.", "Export the annotations again.")
    return letter


def _annotations(told: Any) -> list[dict[str, Any]]:
    if isinstance(told, list):
        return [row for row in told if isinstance(row, dict)]
    if not isinstance(told, dict):
        return []
    if told.get("type") == "Annotation":
        return [told]
    first = told.get("first")
    inside = first.get("items") if isinstance(first, dict) else told.get("items", told.get("rows"))
    return [row for row in inside if isinstance(row, dict)] if isinstance(inside, list) else []


def _one(row: dict[str, Any], place: str) -> Found | None:
    found = Found(place=place)
    bodies = row.get("body")
    for body in bodies if isinstance(bodies, list) else [bodies]:
        if isinstance(body, str):
            body = {"value": body}
        if not isinstance(body, dict):
            continue
        value = str(body.get("value") or "").strip()
        purpose = str(body.get("purpose") or row.get("motivation") or "")
        if purpose.endswith("editing"):
            found.wording = value
            found.act = "CHANGE"
        elif purpose.endswith("classifying") and value.upper() in _ACTS:
            found.act = value.upper()
        elif purpose.endswith("assessing") and value in ("must", "should"):
            found.strength = value
        elif value and not purpose.endswith("tagging"):
            found.why = f"{found.why}\n\n{value}".strip()
        if isinstance(body.get("language"), str):
            found.language = body["language"][:2]
    for body in bodies if isinstance(bodies, list) else []:
        # The act that was named wins over the one that follows from an edit, in whatever order they stand.
        if isinstance(body, dict) and str(body.get("purpose", "")).endswith("classifying"):
            named = str(body.get("value", "")).upper()
            found.act = named if named in _ACTS else found.act
    target = row.get("target")
    target = target[0] if isinstance(target, list) and target else target
    source = target if isinstance(target, str) else ""
    if isinstance(target, dict):
        inner = target.get("source") or target.get("id") or ""
        source = str(inner.get("id", "")) if isinstance(inner, dict) else str(inner)
        found.read_text = _exact(target.get("selector"))
    marked = _UID.search(source)
    found.paragraph = f"uid:{marked[1]}" if marked else ""
    creator = row.get("creator")
    if isinstance(creator, dict):
        found.by = found.city = str(creator.get("name") or "")[:200]
    return found if found.wording or found.why or found.act in ("KEEP", "DELETE") else None


def _exact(selector: Any) -> str:
    for one in selector if isinstance(selector, list) else [selector]:
        if isinstance(one, dict) and one.get("type") == "TextQuoteSelector":
            return str(one.get("exact") or "")
    return ""
