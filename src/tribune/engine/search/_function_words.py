"""Words that carry grammar rather than content; they weigh little when wordings are compared."""

from __future__ import annotations

# Negators, modals and quantifiers are left out on purpose: they change what a sentence asks for.
_LISTS = {
    "en": """a an the of to in on at by for from with and or as that which who whom whose this these
        those it its their his her our your they them he she we is are was were be been
        being has have had having also such than then there into upon within through
        between among including well other both so but about regarding concerning s""",
    "fr": """un une le la les l d du de des au aux à en dans sur sous par pour avec et ou que qui dont
        où ce cet cette ces il elle ils elles leur leurs son sa ses notre nos votre vos se
        s y est sont être été était a ont avoir ainsi aussi tel telle tels telles comme
        entre parmi afin autre autres y compris qu j c m t n""",
    "es": """un una unos unas el la los las lo de del al a en por para con y e o u que quien quienes
        cual cuales cuyo cuya este esta estos estas ese esa eso su sus se es son ser sido
        fue ha han haber así también tal tales como entre otro otra otros otras incluidos
        incluidas incluido incluida nuestro nuestra""",
    "ru": """и а но или в во на по о об от до из с со к ко у за для при через между среди как так что
        который которая которое которые которых этот эта это эти их его ее её они она он
        мы вы является являются был была было были быть также том числе том""",
    "ar": """و في من إلى الى على عن مع أن ان إن التي الذي الذين هذا هذه ذلك تلك هو هي هم كما أو او ثم
        بين كل بما فيها ذات""",
    "zh": "的 了 和 与 及 或 在 是 为 以 于 等 之 并 其 对 从 向 由 将",
}

FUNCTION_WORDS: dict[str, frozenset[str]] = {code: frozenset(words.split()) for code, words in _LISTS.items()}

_ALL_BUT_LATIN = FUNCTION_WORDS["ru"] | FUNCTION_WORDS["ar"] | FUNCTION_WORDS["zh"]


def is_function_word(word: str, language: str) -> bool:
    """Whether a lower-case word, as printed, carries grammar rather than content.

    >>> is_function_word("the", "en"), is_function_word("cities", "en"), is_function_word("not", "en")
    (True, False, False)
    """
    return word in FUNCTION_WORDS.get(language, FUNCTION_WORDS["en"]) or word in _ALL_BUT_LATIN
