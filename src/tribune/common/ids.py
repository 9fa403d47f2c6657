"""Public identifiers and codes: short, speakable, without look-alike letters, and for ever."""

import secrets

# No 0/o, 1/i/l, u/v: they are mixed up when read aloud or typed from paper.
ALPHABET = "23456789abcdefghjkmnpqrstwxyz"

_CONSONANTS = "bdfgjklmnprstvz"
_VOWELS = "aeiou"


def new_id() -> str:
    """Return ten random characters (48 bits), unique across instances for all that matters.

    >>> len(new_id())
    10
    """
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


def new_receipt() -> str:
    """Return a receipt in speakable syllables, 61 bits or more: "tavo-9614-rimelu-bakide-nopo".

    Each syllable holds log2(15 × 5) = 6.2 bits, the digits 13.2: eight syllables and digits give 63.

    >>> len(new_receipt().split("-"))
    5
    """
    def syllables(n: int) -> str:
        return "".join(secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _ in range(n))

    digits = f"{secrets.randbelow(9000) + 1000}"
    return "-".join((syllables(2), digits, syllables(2), syllables(2), syllables(2)))
