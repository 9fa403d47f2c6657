"""Objects and their parts: which top-level object each belongs to, and what is wrong with the ties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._gather import Book

__all__ = ["families"]


def families(objects: Mapping[str, Any], book: Book) -> dict[str, list[str]]:
    """Each top-level object's id with the ids of all objects inside it, in order; every object stands once.

    Parents decide; a child whose parent is missing, or one in a circle, stands alone, with a finding.
    """
    parent: dict[str, str] = {}
    for name, one in objects.items():
        named = one.get("parents")
        if not named:
            continue
        first = named[0] if isinstance(named, list) and isinstance(named[0], str) else None
        if first is None or first not in objects:
            book.find(name, "no_parent")
            continue
        parent[name] = first
        if name not in (objects[first].get("children") or ()):
            book.find(name, "parent_unaware")
    for name, one in objects.items():
        if one.get("type") != "CityObjectGroup" and isinstance(one.get("children"), list):
            missing = sum(not isinstance(child, str) or child not in objects for child in one["children"])
            if missing:
                book.find(name, "missing_child", missing)
    result: dict[str, list[str]] = {name: [] for name in objects if name not in parent}
    for name in parent:
        top, steps = parent[name], {name}
        while top in parent and top not in steps:
            steps.add(top)
            top = parent[top]
        if top in parent:
            book.find(name, "parent_circle")
            result[name] = []
        else:
            result[top].append(name)
    return result
