"""Method cards: how an engine works, what was measured and where it ends, written for readers who check."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt

# Inside an installed package, or beside `src` in a checkout.
_FOLDERS = (Path(__file__).parent / "cards", Path(__file__).parents[4] / "docs" / "engine")


def _folder() -> Path | None:
    return next((folder for folder in _FOLDERS if folder.is_dir()), None)


@cache
def card_names() -> tuple[str, ...]:
    """Return the names of the cards that this installation holds."""
    folder = _folder()
    return tuple(sorted(path.stem for path in folder.glob("*.md"))) if folder else ()


@cache
def card(name: str) -> tuple[str, str] | None:
    """Return (title, HTML) of a method card; None if there is none of this name. Raw HTML in it is shown as text."""
    folder = _folder()
    if folder is None or name not in card_names():
        return None
    title, _, rest = (folder / f"{name}.md").read_text(encoding="utf-8").partition("\n")
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Links of a card lead to other files of the repository; here they are words.
    tokens = reader.parse(rest)
    for token in tokens:
        if token.children:
            token.children = [child for child in token.children
                              if child.type not in ("link_open", "link_close", "image")]
    title = title.lstrip("# ").strip()
    html = reader.renderer.render(tokens, reader.options, {})
    # A wide table scrolls by itself, also by keyboard.
    html = html.replace("<table>", '<div class="wide" tabindex="0" role="group" aria-label="Table"><table>').replace(
        "</table>", "</table></div>")
    return title[:1].upper() + title[1:], html
