"""A text at a glance: from the lines of a rendition to the bars of a strip, and what a strip says in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from tribune.common.pictures import StripBar, strip

from .layout import Counts, Line, Unit, counts, units

# A label below a strip; the heading itself stands in the text.
_LABEL = 28


def called(line: Line) -> str:
    """Return what people call a paragraph: its number, or its place where it has none.

    The place is the last part of its path: "pre.3" is the third paragraph of the preamble.
    """
    if line.number:
        return line.number
    place = line.path.rpartition(".")[2]
    if line.kind == "preamble":
        return _("preamble %(n)s") % {"n": place}
    return _("unnumbered %(n)s") % {"n": place}


def sections(found: Sequence[Unit]) -> list[str]:
    """Return the section of each paragraph: the outermost heading that not all of them share."""
    trails = [list(unit.head.headings) for unit in found]
    shared = 0
    rest = [trail for trail in trails if trail]
    while rest and all(len(trail) > shared + 1 and trail[shared] == rest[0][shared] for trail in rest):
        shared += 1
    named = []
    for unit, trail in zip(found, trails, strict=True):
        label = trail[shared] if len(trail) > shared else ""
        if not label and unit.head.kind == "preamble":
            label = _("Preamble")
        named.append(_short(label))
    return named


def _short(label: str) -> str:
    if len(label) <= _LABEL:
        return label
    cut = label[:_LABEL].rpartition(" ")[0] or label[:_LABEL]
    return f"{cut}…"


def bars(lines: Sequence[Line], address: Callable[[str], str],
         asked: Collection[str] = ()) -> list[StripBar]:
    """Return one bar for each counted paragraph; `address` turns a path into a link, `asked` holds uids."""
    found = [unit for unit in units(lines) if unit.is_counted]
    return [
        StripBar(
            id=unit.head.path, number=unit.head.number, length=max(unit.size, 1),
            state="named" if unit.names else "maybe" if unit.may_mean else "unlit",
            asked=any(line.uid in asked for line in unit.lines), href=address(unit.head.path), section=section)
        for unit, section in zip(found, sections(found), strict=True)]


def said(found: Counts) -> str:
    """Return what a strip says, as one sentence."""
    return ngettext("%(naming)d of %(n)d paragraphs names local or regional governments.",
                    "%(naming)d of %(n)d paragraphs name local or regional governments.", found.naming
                    ) % {"naming": found.naming, "n": found.paragraphs}


def draw(lines: Sequence[Line], address: Callable[[str], str], *, height: int,
         asked: Collection[str] = ()) -> SafeString:
    """Return the strip of a text as SVG."""
    return strip(bars(lines, address, asked), height=height, label=said(counts(lines)), rtl=get_language_bidi())
