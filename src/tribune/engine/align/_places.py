"""Who is paired with whom, and whether two paragraphs stand in the same place among paired neighbours."""

from __future__ import annotations

from dataclasses import dataclass, field

from ._order import staying


@dataclass(slots=True)
class Places:
    """Partners by index: `to_new[i]` are the new places of old i, `to_old[j]` the old places of new j."""

    n_old: int
    n_new: int
    to_new: dict[int, list[int]] = field(default_factory=dict)
    to_old: dict[int, list[int]] = field(default_factory=dict)
    _seen: list[list[int]] = field(default_factory=list)

    def pair(self, i: int, j: int) -> None:
        self.to_new.setdefault(i, []).append(j)
        self.to_old.setdefault(j, []).append(i)
        self._seen = []

    def free(self, i: int, j: int) -> bool:
        return i not in self.to_new and j not in self.to_old

    def free_old(self) -> list[int]:
        return [i for i in range(self.n_old) if i not in self.to_new]

    def free_new(self) -> list[int]:
        return [j for j in range(self.n_new) if j not in self.to_old]

    def before(self, i: int) -> int:
        """New place of the nearest old paragraph before i that is paired and stayed in order, -1 at the start."""
        return self._neighbours()[0][i]

    def after(self, i: int) -> int:
        """The same after i; the length of the new text at the end."""
        return self._neighbours()[1][i]

    def _neighbours(self) -> tuple[list[int], list[int]]:
        if not self._seen:
            olds = sorted(self.to_new)
            chain = staying([min(self.to_new[i]) for i in olds], [1] * len(olds))
            # Partners of what moved say nothing about the place of their neighbours.
            stayed = {olds[k]: self.to_new[olds[k]] for k in chain}
            before, after, last = [], [], -1
            for i in range(self.n_old):
                before.append(last)
                last = max(stayed.get(i, (last,)))
            last = self.n_new
            for i in range(self.n_old - 1, -1, -1):
                after.append(last)
                last = min(stayed.get(i, (last,)))
            self._seen = [before, after[::-1]]
        return self._seen[0], self._seen[1]

    def beside(self, i: int, j: int) -> bool:
        """The paragraphs right before both, or right after both, are partners (the ends of the texts too)."""
        return (i == j == 0 or (i == self.n_old - 1 and j == self.n_new - 1)
                or j - 1 in self.to_new.get(i - 1, ()) or j + 1 in self.to_new.get(i + 1, ()))

    def between(self, i: int, j: int) -> bool:
        """New j lies between the partners of old i's neighbours."""
        return self.before(i) < j < self.after(i)
