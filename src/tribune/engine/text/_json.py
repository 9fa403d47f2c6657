"""Documents as plain values and back: the shape `tribune read` prints."""

from __future__ import annotations

from typing import Any

from ..types import Document, Mention, Notice, Paragraph, Source

__all__ = ["from_json", "to_json"]


def to_json(document: Document) -> dict[str, Any]:
    """Return the document as dictionaries, lists, strings and numbers, keys in the order of the contract.

    A mention carries `reason` only where it has one.
    """
    return {
        "title": document.title,
        "symbol": document.symbol,
        "language": document.language,
        "source": {
            "sha256": document.source.sha256,
            "media_type": document.source.media_type,
            "pages": document.source.pages,
        },
        "paragraphs": [
            {
                "id": item.id,
                "number": item.number,
                "label": item.label,
                "kind": item.kind,
                "headings": list(item.headings),
                "text": item.text,
                "page": item.page,
                "mentions": [_mention(mention) for mention in item.mentions],
            }
            for item in document.paragraphs
        ],
        "warnings": [
            {
                "code": item.code,
                "message": item.message,
                "page": item.page,
                "paragraph": item.paragraph,
                "values": list(item.values),
            }
            for item in document.warnings
        ],
    }


def _mention(item: Mention) -> dict[str, Any]:
    out: dict[str, Any] = {
        "term": item.term,
        "kind": item.kind,
        "tier": item.tier,
        "start": item.start,
        "end": item.end,
    }
    if item.reason:
        out["reason"] = item.reason
    return out


def from_json(data: dict[str, Any]) -> Document:
    """Return the document that `to_json` wrote; raise KeyError or TypeError for any other shape.

    >>> from tribune.engine.types import Document, Source
    >>> empty = Document("", "", "", Source("0" * 64, "text/plain"), ())
    >>> from_json(to_json(empty)) == empty
    True
    """
    return Document(
        title=data["title"],
        symbol=data["symbol"],
        language=data["language"],
        source=Source(**data["source"]),
        paragraphs=tuple(
            Paragraph(
                **{
                    **item,
                    "headings": tuple(item["headings"]),
                    "mentions": tuple(Mention(**m) for m in item["mentions"]),
                }
            )
            for item in data["paragraphs"]
        ),
        warnings=tuple(
            Notice(**{**item, "values": tuple(item.get("values", ()))}) for item in data["warnings"]
        ),
    )
