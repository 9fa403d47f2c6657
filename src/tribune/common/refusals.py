"""Domain errors with words for people: what, where, what to do; what was typed is kept."""

from __future__ import annotations

from django.utils.functional import Promise


class Refusal(Exception):
    """An act that the house refuses. `words` are shown to the person; `status` is the HTTP answer."""

    words: str | Promise = ""
    status = 409

    def __init__(self, words: str | Promise | None = None) -> None:
        if words is not None:
            self.words = words
        super().__init__(str(self.words))


class NotAllowed(Refusal):
    """The person may not do this; says so without saying what is behind the door."""

    status = 403


class TooMany(Refusal):
    """The same act came too often; says when to come back."""

    status = 429
