"""In which verbs a text speaks of local governments: whether it decides, asks, invites, or only notes."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["VERB_CLASSES", "verb_for"]

# From binding to noting. The order is ours, not an official scale.
VERB_CLASSES = ("binds", "asks", "invites", "values", "notes")

_VERBS: dict[str, dict[str, str]] = {
    "en": {
        "binds": "decid(?:e|es|ed|ing)|shall|must|commit(?:s|ted|ting)? (?:to|ourselves)|we commit"
        "|resolv(?:e|es|ed|ing)"
        "|undertakes? to|pledg(?:e|es|ed|ing)|agree(?:s|d)? (?:to|that)|will",
        "asks": "call(?:s|ed|ing)? (?:up)?on|call(?:s|ing)? for|urg(?:e|es|ed|ing)|request(?:s|ed|ing)?"
        "|appeals? to|should"
        "|stress(?:es|ing)?|emphasi[zs](?:e|es|ing)|underlin(?:e|es|ing)|underscor(?:e|es|ing)",
        "invites": "invit(?:e|es|ed|ing)|encourag(?:e|es|ed|ing)|recommend(?:s|ed|ing)?|may|can|could",
        "values": "welcom(?:e|es|ed|ing)|commend(?:s|ed|ing)?|appreciat(?:e|es|ing)|reaffirm(?:s|ed|ing)?"
        "|recogni[zs](?:e|es|ed|ing)|acknowledg(?:e|es|ed|ing)|support(?:s|ing)?|affirm(?:s|ing)?",
        "notes": "not(?:e|es|ed|ing)|tak(?:e|es|ing) note|recall(?:s|ed|ing)?|consider(?:s|ing)?|mindful"
        "|aware|bearing in mind"
        "|convinced|concerned|having considered",
    },
    "fr": {
        "binds": "décid(?:e|ent|ons|ant)|doi(?:t|vent)|devr(?:a|ont)|nous nous engageons|nous engageons"
        "|s['’]engag(?:e|ent|eant)|convien(?:t|nent|ons)",
        "asks": "demand(?:e|ent|ons)|engage instamment|prie|exhort(?:e|ent|ons)|appel(?:le|ons|ant)"
        "|devrai(?:t|ent)|soulign(?:e|ent|ons|ant)|insist(?:e|ant)",
        "invites": "invit(?:e|ent|ons|ant)|encourag(?:e|ent|eons|eant)|recommand(?:e|ent|ons)|peu(?:t|vent)"
        "|pourr(?:a|ont|ait|aient)|engage",
        "values": "se félicit(?:e|ant)|salu(?:e|ant|ons)|réaffirm(?:e|ant|ons)|reconna(?:ît|it|issent"
        "|issant|issons)|appui(?:e|ent)|appuyant",
        "notes": "prend note|prenant note|not(?:e|ant)|rappel(?:le|ant|ons)|considér(?:e|ant)"
        "|consciente?s?|constat(?:e|ant)|gardant à l['’]esprit",
    },
    "es": {
        "binds": "decid(?:e|en|imos|ió)|debe(?:n|rá|rán)?|nos comprometemos|se compromete(?:n)?"
        "|conviene(?:n)?|acuerda(?:n)?|resuelve(?:n)?",
        "asks": "exhorta(?:n|mos|ndo)?|insta(?:n|mos|ndo)?|solicita(?:n|mos)?|pid(?:e|en)|pedimos"
        "|debería(?:n)?|subraya(?:n|mos|ndo)?|destaca(?:n|mos|ndo)?|recalca(?:ndo)?"
        "|hace un llamamiento",
        "invites": "invita(?:n|mos|ndo)?|alienta(?:n)?|alentamos|alentando|recomienda(?:n)?|puede(?:n)?"
        "|podrá(?:n)?|podría(?:n)?",
        "values": "acoge con (?:beneplácito|satisfacción)|acogiendo con beneplácito|reafirma(?:n|mos|ndo)?"
        "|reconoce(?:n|mos)?|reconociendo|encomia|apoya(?:n|mos|ndo)?|aprecia(?:ndo)?",
        "notes": "toma nota|tomando nota|observa(?:ndo)?|recuerda(?:n)?|recordando|considera(?:n|ndo)?"
        "|consciente|teniendo (?:presente|en cuenta)",
    },
    "ru": {
        "binds": "постановля(?:ет|ют|ем|я)|обязу(?:ется|ются|емся)|должн[аоы]|обязан[аоы]?|реша(?:ет|ют"
        "|ем)|договорились",
        "asks": "призыва(?:ет|ют|ем|я)|настоятельно призыва(?:ет|ют|ем|я)|просит|просим|требу(?:ет|ют|ем)"
        "|следует|подчеркива(?:ет|ют|ем|я)",
        "invites": "предлага(?:ет|ют|ем|я)|рекоменду(?:ет|ют|ем|я)|поощря(?:ет|ют|ем|я)|мо(?:жет|гут)|рекомендуется",
        "values": "приветству(?:ет|ют|ем|я)|подтвержда(?:ет|ют|ем|я)|вновь подтвержда(?:ет|ют|ем|я)"
        "|призна(?:ет|ют|ем|вая)|выража(?:ет|я) признательность|поддержива(?:ет|ют|ем|я)",
        "notes": "отмеча(?:ет|ют|ем|я)|принима(?:ет|ют|я) к сведению|ссыла(?:ется|ясь)|напомина(?:ет|ют|я)"
        "|учитывая|сознавая|считая",
    },
    "ar": {
        "binds": "[وف]?تقرر|[وف]?نقرر|[وف]?نلتزم|[وف]?تلتزم|[وف]?نتعهد|[وف]?يجب|[وف]?يتعين|[وف]?نعقد العزم",
        "asks": "[وإف]?إذ تهيب|[وف]?تهيب|[وف]?نهيب|[وف]?تدعو|[وف]?ندعو|[وف]?تطلب|[وف]?نطلب|[وف]?تحث"
        "|[وف]?نحث|[وف]?ينبغي|[وف]?تشدد|[وف]?نشدد|[وف]?تؤكد|[وف]?نؤكد",
        "invites": "[وف]?تشجع|[وف]?نشجع|[وف]?توصي|[وف]?نوصي|[وف]?يمكن|[وف]?يجوز",
        "values": "[وف]?ترحب|[وف]?نرحب|[وف]?تعترف|[وف]?نعترف|[وف]?تسلم|[وف]?نسلم|[وف]?نقر|[وف]?تقر"
        "|[وف]?تثني|[وف]?تعيد تأكيد|[وف]?نعيد تأكيد|[وف]?تدعم|[وف]?ندعم",
        "notes": "[وف]?تلاحظ|[وف]?نلاحظ|[وف]?تحيط علما|[وف]?تشير إلى|[وف]?تشير|[وف]?نشير إلى"
        "|[وف]?تضع في اعتبارها|[وف]?تدرك|[وف]?ندرك",
    },
    "zh": {
        "binds": "决定|决心|承诺|必须|应当|商定",
        "asks": "呼吁|敦促|请求|要求|促请|强调|着重指出|应",
        "invites": "邀请|鼓励|建议|可以|可",
        "values": "欢迎|赞扬|赞赏|重申|确认|认识到|承认|支持|肯定",
        "notes": "注意到|表示注意|回顾|考虑到|铭记|意识到|念及",
    },
}  # fmt: skip
_SENTENCE = re.compile(r"[.!?;:](?=\s|$)|[。；！？؛؟]")


@lru_cache(maxsize=8)
def _pattern(language: str) -> re.Pattern[str]:
    body = "|".join(f"(?P<{name}>{words})" for name, words in _VERBS[language].items())
    return re.compile(body if language == "zh" else rf"(?<!\w)(?:{body})(?!\w)", re.IGNORECASE)


def verb_for(text: str, start: int, language: str, above: str = "") -> tuple[str, str]:
    """Return the verb under which a mention at `start` stands, as printed in lower case, and its class.

    Looked for: the last listed verb before the mention in its sentence, else the nearest after it in the sentence,
    else the first of the paragraph, else the first of `above`, the paragraph it hangs below. ("", "") where there is
    none. The lists are short; modals between an actor and its deed count as verbs. `language` is one of six.

    >>> verb_for("Invites Member States to support local authorities.", 32, "en")
    ('support', 'values')
    >>> verb_for("(a) Local authorities in coastal areas;", 4, "en", above="Calls upon:")
    ('calls upon', 'asks')
    """
    if language not in _VERBS:
        return "", ""
    pattern = _pattern(language)
    begin = max((match.end() for match in _SENTENCE.finditer(text, 0, start)), default=0)
    closing = _SENTENCE.search(text, start)
    end = closing.end() if closing else len(text)
    found = list(pattern.finditer(text, begin, start))[-1:] or list(pattern.finditer(text, start, end))[:1]
    found = found or list(pattern.finditer(text))[:1] or list(pattern.finditer(above))[:1]
    return (" ".join(found[0].group().lower().split()), found[0].lastgroup or "") if found else ("", "")
