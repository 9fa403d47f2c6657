"""Words of promise and of time in six languages. The lists are ours; no native reader has reviewed them."""

from __future__ import annotations

import re

_YEAR = r"(?P<year>20\d\d)\b"


def _compiled(**patterns: str) -> dict[str, re.Pattern[str]]:
    return {language: re.compile(pattern, re.IGNORECASE) for language, pattern in patterns.items()}


def _months(names: str) -> dict[str, int]:
    return {name: at for at, row in enumerate(names.split(";"), 1) for name in row.split("/")}


_MONTHS_EN = "january;february;march;april;may;june;july;august;september;october;november;december"
_MONTHS_FR = "janvier;février;mars;avril;mai;juin;juillet;août;septembre;octobre;novembre;décembre"
_MONTHS_ES = "enero;febrero;marzo;abril;mayo;junio;julio;agosto;septiembre/setiembre;octubre;noviembre;diciembre"
_MONTHS_RU = "января;февраля;марта;апреля;мая;июня;июля;августа;сентября;октября;ноября;декабря"
_MONTHS_AR = "يناير;فبراير;مارس;أبريل;مايو;يونيه/يونيو;يوليه/يوليو;أغسطس;سبتمبر;أكتوبر;نوفمبر;ديسمبر"

MONTHS: dict[str, dict[str, int]] = {
    "en": _months(_MONTHS_EN),
    "fr": _months(_MONTHS_FR),
    "es": _months(_MONTHS_ES),
    "ru": _months(_MONTHS_RU),
    "ar": _months(_MONTHS_AR),
    "zh": {str(n): n for n in range(1, 13)},
}


def _any(language: str) -> str:
    return "|".join(sorted(MONTHS[language], key=len, reverse=True))


# Words that ask or promise, as texts of the United Nations do.
VERBS = _compiled(
    en=r"\b(requests?|invites?|calls? (?:up)?on|calls? for|urges?|encourages?|decides?|resolves?|commits?|"
    r"commitment to|undertakes?|pledges?|mandates?|will|shall)\b",
    fr=r"\b(prions?|prie|demand\w+|invit(?:e|ons|ent)|engage(?:ons|nt)?|décid\w+|exhort\w+|encourage\w*|charge\w*|"
    r"appel\w* à|devra|devront)\b",
    es=r"\b(pid\w+|solicit\w+|invit(?:a|amos|an)|exhort\w+|alent\w+|decid\w+|resolv\w+|comprom\w+|instamos|deberá\w*)\b",
    ru=r"(прос(?:ит|им)|предлага\w+|призыва\w+|поруча\w+|постановля\w+|обязу\w+|рекоменду\w+|настоятельно)",
    ar=r"(نطلب|تطلب|يطلب|ندعو|تدعو|نقرر|تقرر|نلتزم|تلتزم|نحث|تحث|نتعهد|نشجع|تشجع|نعتزم)",
    zh=r"(请|邀请|呼吁|敦促|鼓励|决定|承诺|要求|致力于|将)",
)

# By when: the time is a limit whatever the verb of the clause.
BY = _compiled(
    en=r"\b(?:by|before|until|no later than|not later than|on or before)\b(?: the)?(?: end of)?(?: the year)?"
    rf"(?: \d{{1,2}})?(?: (?P<month>{_any('en')}))?,? {_YEAR}",
    fr=rf"(?:d[’']ici(?: à| au| la fin)?|avant|au plus tard)(?: la)?(?: fin)?(?: de| en| le| du)?(?: \d{{1,2}})?"
    rf"(?: (?P<month>{_any('fr')}))? {_YEAR}",
    es=r"(?:a más tardar|para|antes de|de aquí a|hasta)(?: en| el| fines de| finales de)*(?: \d{1,2} de)?"
    rf"(?: (?P<month>{_any('es')}) de)? {_YEAR}",
    ru=rf"(?:к|до|не позднее)(?: конца)?(?: \d{{1,2}})?(?: (?P<month>{_any('ru')}))? {_YEAR}",
    ar=rf"(?:بحلول|قبل|في موعد أقصاه)(?: نهاية)?(?: عام| سنة)?(?: (?P<month>{_any('ar')})(?:/\S+)?)?(?: عام)? "
    r"(?P<year>20\d\d|٢٠[٠-٩]{2})",
    zh=r"(?:到|至|在|于|不迟于)?\s*(?P<year>20\d\d)\s*年(?:\s*(?P<month>1[0-2]|[1-9])\s*月)?(?:底|年底)?(?:之前|以前|前)",
)

# At a time: counts as a limit too in a sentence that asks or promises, when it lies ahead.
AT = _compiled(
    en=rf"\b(?:in|on|during)(?: the year)?(?: \d{{1,2}})?(?: (?P<month>{_any('en')}))? {_YEAR}",
    fr=rf"\ben(?: (?P<month>{_any('fr')}))? {_YEAR}",
    es=rf"\ben(?: (?P<month>{_any('es')}) de)? {_YEAR}",
)

# Who shall act: between the verb of asking and its "to".
WHO = _compiled(
    en=r"\b(?:requests?|invites?|urges?|encourages?|calls? (?:up)?on)\b (?P<who>(?:(?!\bto\b)[^;.]){2,300}?)"
    r"(?:, [^;]{0,200}?)? to\b",
)

_ONES = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_TEENS = (
    ["tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
     "eighteenth", "nineteenth"]
)
_TENS = ["twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet"]

ORDINALS: dict[str, int] = {word: n for n, word in enumerate((*_ONES, *_TEENS), 1)}
for _at, _stem in enumerate(_TENS, 2):
    ORDINALS[f"{_stem}ieth"] = 10 * _at
    ORDINALS.update({f"{_stem}y-{one}": 10 * _at + n for n, one in enumerate(_ONES, 1)})
