"""The whole way from two lists of paragraphs to their pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tribune.engine.types import PAIR_VERDICTS, Alignment, Pair, Paragraph

from ._groups import find_merges, find_splits
from ._language import language_of
from ._likeness import Likeness
from ._named import FATES, fates, joined
from ._order import staying
from ._pairing import grow, pair_alike, pair_little, pair_same
from ._places import Places
from ._redline import Piece, redline, redline_of_words, score_of
from ._units import Texts, Unit
from ._weakening import weakening_of

# Out of order and at least this alike is "moved"; less alike is "edited", with "moved" among its reasons.
NEARLY_SAME = 0.8

_Group = tuple[tuple[int, ...], tuple[int, ...]]


def align(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Alignment:
    """Pair each old paragraph with its successors; say why for each pair.

    Negotiators renumber, split and merge between readings, so numbers cannot be
    trusted: we pair by wording first, then by place among paired neighbours.

    Every paragraph of both sides is in exactly one pair. *kept*: the same wording, whatever its number
    (Unicode form, spaces, kinds of quote and dash aside); *moved*: the same or nearly the same wording
    (score ≥ 0.8) out of order, where as few as possible count as out of order; *split*, *merged*: one
    became several, several became one; *dropped*, *added*: nothing on the other side resembles it;
    *edited*: the rest. Headings pair with headings, sub-paragraphs stand for themselves.

    Method: unique equal wordings and their equal neighbours (Heckel 1978), then candidates from an inverted
    index of rare words scored by word order and shared rare words, then containment for splits and merges,
    then place; moves by the longest increasing subsequence. Measured in docs/engine/align.md.

    >>> one = Paragraph("1", "1", "1.", "operative", "Cities shall be heard.")
    >>> two = Paragraph("2", "2", "2.", "operative", "Cities may be heard.")
    >>> [(pair.old, pair.new, pair.verdict, pair.reasons) for pair in align([one], [two]).pairs]
    [(('1',), ('2',), 'edited', ('shall → may',))]
    """
    texts = Texts(old, new)
    places = _paired(texts)
    groups, stays = _in_order(texts, places)
    language = language_of(paragraph.text for paragraph in (*new, *old))
    named: Counter[str] = Counter()
    pairs = []
    for group in groups:
        pair, count = _judged(texts, group, group in stays, language)
        pairs.append(pair)
        named.update(count)
    verdicts = Counter(pair.verdict for pair in pairs)
    return Alignment(pairs=tuple(pairs), summary={name: verdicts[name] for name in PAIR_VERDICTS},
                     mentions={fate: named[fate] for fate in FATES})


def _paired(texts: Texts) -> Places:
    places = Places(len(texts.old), len(texts.new))
    likeness = Likeness(texts)
    pair_same(texts, places)
    pair_alike(texts, places, likeness)
    find_splits(texts, places, likeness)
    find_merges(texts, places, likeness)
    grow(texts, places)
    pair_little(texts, places)
    return places


def _in_order(texts: Texts, places: Places) -> tuple[list[_Group], set[_Group]]:
    """All groups in reading order of the new text, and those that did not move."""
    joint: list[_Group] = []
    for i, news in places.to_new.items():
        olds = places.to_old[news[0]] if len(news) == 1 else [i]
        if i == min(olds):
            joint.append((tuple(sorted(olds)), tuple(sorted(news))))
    joint.sort()
    chain = staying([group[1][0] for group in joint],
                    [max(texts.old[i].size for i in group[0]) for group in joint])
    stays = {joint[k] for k in chain}
    # A dropped paragraph is shown after the nearest one before it that stayed.
    rows: list[tuple[tuple[int, int, int], _Group]] = [((group[1][0], 0, 0), group) for group in joint]
    rows += [((j, 0, 0), ((), (j,))) for j in places.free_new()]
    anchor_of = {i: group[1][-1] for group in stays for i in group[0]}
    anchor = -1
    for i in range(places.n_old):
        anchor = anchor_of.get(i, anchor)
        if i not in places.to_new:
            rows.append(((anchor, 1, i), ((i,), ())))
    rows.sort()
    return [group for _, group in rows], stays


def _judged(texts: Texts, group: _Group, stays: bool, language: str) -> tuple[Pair, Counter[str]]:
    olds = [texts.old[i] for i in group[0]]
    news = [texts.new[j] for j in group[1]]
    old, new = [unit.paragraph for unit in olds], [unit.paragraph for unit in news]
    old_text, new_text = joined(old), joined(new)
    pieces = _pieces(olds, news, old_text, new_text)
    score = 0.0
    reasons: tuple[str, ...] = ()
    if not new:
        verdict = "dropped"
    elif not old:
        verdict = "added"
    else:
        same = [unit.wording for unit in olds] == [unit.wording for unit in news]
        score = 1.0 if same else score_of(_keys(olds), _keys(news))
        if len(new) > 1:
            verdict = "split"
        elif len(old) > 1:
            verdict = "merged"
        elif not stays and score >= NEARLY_SAME:
            verdict = "moved"
        else:
            verdict = "kept" if same else "edited"
        if not same:
            reasons = weakening_of(old_text, new_text, pieces, language)
        if not stays and verdict == "edited":
            reasons = (*reasons, "moved")
    count = fates(old, new, pieces, language)
    return Pair(
        old=tuple(paragraph.id for paragraph in old), new=tuple(paragraph.id for paragraph in new),
        verdict=verdict, score=score, redline=pieces,
        mentions=tuple(fate for fate in FATES if count[fate]), reasons=reasons,
    ), count


def _pieces(olds: Sequence[Unit], news: Sequence[Unit], old_text: str, new_text: str) -> tuple[Piece, ...]:
    if len(olds) == len(news) == 1 and old_text != new_text and olds[0].tokens and news[0].tokens:
        return redline_of_words(olds[0].tokens, news[0].tokens, olds[0].keys, news[0].keys)
    return redline(old_text, new_text)


def _keys(units: Sequence[Unit]) -> list[str]:
    return [key for unit in units for key in unit.keys]
