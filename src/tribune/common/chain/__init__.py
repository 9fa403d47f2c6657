"""Append-only chains (journal, ledger) that commit to contents which can still be erased."""

from ._chain import Broken, append, erase, head, verify

__all__ = ["Broken", "append", "erase", "head", "verify"]
