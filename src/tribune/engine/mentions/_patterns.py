"""The small language in which terms are written, and its translation to regular expressions.

`local {authority|authorities}`   alternatives; `{body}` names a set of the same
                                   file, and `{$body|mayor}` a set and more
`[the]`                            may be absent; at the very beginning it is found by looking back
`{local}&`                         may stand in a list: "local and regional", "local, national and other"
`&{local}`                         the same, before it: "national, regional and local"
`_`                                any one word, but none of the language's small ones
`муниципалитет*`                   any ending
`местн~`                           an adjective ending of the language
`=state government`                in this case only, as every term with a capital letter is
"""

import itertools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ._fold import fold

__all__ = ["Grammar", "Term", "compile_term", "first_words", "one_of", "spellings"]

_PIECE = re.compile(r"&?(?:\{[^}]*\}|[^\s{}\[\]&]+)&?|\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the terms of one language share: sets, joints of lists, gap between words, edges of words."""

    language: str
    sets: dict[str, tuple[str, ...]]
    gap: str
    joint: str
    endings: str
    clitics: tuple[str, ...]
    article: str
    edges: bool
    small: str

    def alternatives(self, piece: str) -> tuple[str, ...]:
        """Give the words a piece may be: of a named set, of a list in braces, or itself."""
        if not piece.startswith("{"):
            return (piece,)
        body = piece[1:-1]
        if "|" not in body and body in self.sets:
            return self.sets[body]
        parts = (self.sets[p[1:]] if p[:1] == "$" else (p,) for p in body.split("|"))
        return tuple(word for part in parts for word in part)


@dataclass(frozen=True, slots=True)
class Term:
    """One line of the list: what it looks like, its kind, its tier, and why it does not count."""

    source: str
    kind: str
    tier: str
    reason: str
    pattern: re.Pattern[str]
    left: re.Pattern[str] | None
    exact_case: bool
    spelled: frozenset[str]


def _words(grammar: Grammar, phrase: str, bare: bool) -> str:
    out: list[str] = []
    for word in phrase.split():
        plain = re.escape(fold(word.rstrip("*~")).text)
        if word == "_":
            plain = rf"(?!(?:{grammar.small})(?!\w))[^\W\d_][\w'.-]*\b"
        elif word.endswith("*"):
            plain += r"\w*"
        elif word.endswith("~"):
            plain += grammar.endings
        # Clitics before the very first word are taken by the search itself.
        out.append(plain if bare and not out else grammar.article + plain)
    return grammar.gap.join(out)


def _group(grammar: Grammar, words: tuple[str, ...], bare: bool = False) -> str:
    # Longer first: "subnational governmental" must not stop at "subnational".
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(_words(grammar, w, bare) for w in ordered) + ")"


def _pieces(source: str) -> list[str]:
    return _PIECE.findall(source)


def compile_term(grammar: Grammar, source: str, kind: str, tier: str, reason: str) -> Term:
    """Give the term that `source` writes; its pattern is matched from the start of its first word."""
    exact_case = source != source.lower() or source.startswith("=")
    source = source.removeprefix("=")
    listed = _group(grammar, grammar.sets.get("coord", ("\0",)))
    leads, pieces = _split(source)
    back = "".join(f"(?:{_group(grammar, (lead,))}{grammar.gap})?" for lead in leads)
    regex = ""
    for index, piece in enumerate(pieces):
        optional = piece.startswith("[")
        core = piece[1:-1] if optional else piece
        before, after = core.startswith("&"), core.endswith("&")
        part = _group(grammar, grammar.alternatives(core.strip("&")), bare=index == 0)
        if after:
            part += f"(?:{grammar.joint}{listed})*"
        if before and index == 0:
            back += f"(?:{listed}{grammar.joint})*"
        elif before:
            part = f"(?:{listed}{grammar.joint})*{part}"
        if index:
            part = grammar.gap + part
        regex += f"(?:{part})?" if optional else part
    left = re.compile(f"{_edge(grammar)[0]}{back}$") if back else None
    spelled = frozenset(spellings(grammar, source)) if exact_case else frozenset()
    return Term(source, kind, tier, reason, re.compile(regex + _edge(grammar)[1]), left, exact_case, spelled)


def _split(source: str) -> tuple[list[str], list[str]]:
    """Part what may be absent at the very beginning from the rest: a search needs a sure beginning."""
    pieces = _pieces(source)
    sure = next(i for i, piece in enumerate(pieces) if not piece.startswith("["))
    return [piece[1:-1] for piece in pieces[:sure]], pieces[sure:]


def _edge(grammar: Grammar) -> tuple[str, str]:
    # A footnote mark is often glued on: "authorities15" ends where its letters end.
    return (r"(?<!\w)", r"(?![^\W\d_])") if grammar.edges else ("", "")


def first_words(grammar: Grammar, term: Term) -> frozenset[str]:
    """Give the literal beginnings of a term's first word, folded: where a search may start."""
    piece = _split(term.source)[1][0].strip("&")
    starts = (alternative.split()[0] for alternative in grammar.alternatives(piece))
    return frozenset(fold(s.rstrip("*~")).text for s in starts)


def one_of(words: Collection[str]) -> str:
    """Give a regular expression for any of `words`, as a tree by first letters: tried once, not word by word."""
    tails: dict[str, list[str]] = {}
    for word in words:
        if word:
            tails.setdefault(word[0], []).append(word[1:])
    parts = [re.escape(first) + one_of(rest) for first, rest in sorted(tails.items())]
    if not parts:
        return ""
    return f"(?:{'|'.join(parts)})" + ("?" if "" in words else "")


def spellings(grammar: Grammar, source: str) -> Iterator[str]:
    """Give every written form of a term, without words that may be absent and lists it may stand in."""
    sure = [piece.strip("&") for piece in _pieces(source) if not piece.startswith("[")]
    yield from map(" ".join, itertools.product(*map(grammar.alternatives, sure)))
