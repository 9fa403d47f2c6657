"""The words by which texts announce their parts, in the six languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = [
    "Part",
    "is_formula",
    "is_operative_verb",
    "is_opener",
    "is_preamble_heading",
    "is_preambular",
    "option_of",
    "part_of",
]

_N = r"(?:[IVXLC]{1,7}|\d{1,3}(?:\s?bis|\s?ter)?|[A-Z]|[一二三四五六七八九十]{1,3}|[\u0660-\u0669]{1,3})"
_END = r"(?=$|[\s.:：,，–—(（\-\[*])"

# (what it is, pattern with the number in group 1, rank among headings: smaller is higher)
_PARTS: tuple[tuple[str, re.Pattern[str], int], ...] = tuple(
    (what, re.compile(pattern, re.IGNORECASE), rank)
    for what, pattern, rank in (
        (
            "annex",
            rf"(?:annexe?|anexo|приложение|appendix|appendice|apéndice|ال?مرفق|"
            rf"ال?تذييل){_END}\s*(?:№\s*)?({_N}(?=$|[\s.:：,，–—(（\-\[]))?",
            0,
        ),
        ("annex", rf"(?:附件|附录)\s*({_N})?(?=$|\s)", 0),
        ("chapter", rf"(?:part|partie|parte|часть|الجزء)\s+({_N}){_END}", 1),
        ("chapter", rf"(?:title|titre|título)\s+({_N}){_END}", 2),
        ("chapter", rf"(?:chapter|chapitre|capítulo|глава|الفصل)\s+({_N}){_END}", 3),
        ("chapter", r"第\s*([一二三四五六七八九十]{1,3}|\d{1,3})\s*[章部编]", 3),
        ("chapter", rf"(?:section|sección|раздел|القسم)\s+({_N}){_END}", 4),
        ("article", rf"(?:article|artículo|articulo|статья|المادة)\s+({_N}|premier|première|первая){_END}", 7),
        ("article", r"第\s*([一二三四五六七八九十百]{1,4}|\d{1,3})\s*条", 7),
        ("action", rf"(?:action|objective|target|goal|mesure|medida|действие|行动|الإجراء)\s+({_N})(?=[.:：])", 8),
    )
)
_OPENERS = re.compile(
    r"^(?:The (?:General Assembly|Security Council|Economic and Social Council|Human Rights Council|"
    r"(?:[A-Z][\w-]+ ){0,4}"
    r"(?:Conference|Council|Assembly|Commission|Committee|Meeting|Parties)\b)|The (?:States )?Parties to|"
    r"L[’']Assemblée générale|Le Conseil |La Conférence|La Commission|Les (?:États )?[Pp]arties|"
    r"La Asamblea General|El Consejo |La Conferencia|"
    r"Los Estados [Pp]artes|Las Partes |Генеральная Ассамблея|Совет |Экономический и Социальный Совет|Конференция|"
    r"Государства[ -](?:участники|стороны)|Полномочная [Кк]онференция|"
    r"大会|联合国大会|安全理事会|经济及社会理事会|本公约缔约|本协定缔约|"
    r"إن (?:الجمعية العامة|مجلس|المجلس|مؤتمر|الدول)|الجمعية العامة)[^.;:!?]{0,110}[,，،]?$"
)
_OPERATIVE = re.compile(
    r"^\W*(?:Adopts|Decides|Endorses|Approves|Takes note|Requests|Adopte|Décide|Approuve|Prend note|Aprueba|"
    r"Decide|Hace suy[oa]s?|"
    r"Принимает|Постановляет|Одобряет|通过|决定|核可|تعتمد|تقرر|تؤيد)\b"
)
_FORMULA = re.compile(
    r"^\W*(?:Have agreed as follows|Declare(?:s)? the following|Déclarons? ce qui suit|Declaramos lo siguiente|"
    r"Sont convenue?s de ce qui suit|Ont convenu|Han convenido|(?:Договорились|согласились) о нижеследующем|"
    r"(?:兹)?(?:议定|协议)如下|قد اتفقت|اتفقت على).{0,30}$",
    re.IGNORECASE,
)
_PREAMBULAR = re.compile(
    r"^\W*(?:Recalling|Reaffirming|Noting|Recognizing|Recognising|Welcoming|Emphasizing|Emphasising|Stressing|"
    r"Acknowledging|Mindful|"
    r"Bearing|Aware|Conscious|Concerned|Deeply|Gravely|Considering|Guided|Having|Taking|Expressing|Reiterating|"
    r"Underlining|"
    r"Underscoring|Convinced|Determined|Affirming|Cognizant|Appreciating|Encouraged|Building|Being|Pursuant|"
    r"Whereas|In pursuit|"
    r"Also|Further|Believing|Desiring|Alarmed|Commending|Highlighting|Looking forward|Seeking|Strongly|"
    r"Rappelant|Réaffirmant|Notant|Reconnaissant|Considérant|Soulignant|Consciente?s?|Ayant|Se félicitant|"
    r"Prenant|Préoccupée?s?|"
    r"Recordando|Reafirmando|Observando|Reconociendo|Considerando|Acogiendo|Destacando|Subrayando|Consciente|"
    r"Teniendo|Habiendo|"
    r"Ссылаясь|Подтверждая|Отмечая|Признавая|Приветствуя|Подчеркивая|Учитывая|Сознавая|Принимая|Будучи|"
    r"回顾|重申|注意到|认识到|欢迎|强调|意识到|考虑到|铭记|鉴于|忆及|إذ|وإذ|لما|ولما)"
)
_PREAMBLE = re.compile(r"^\W*(?:preamble|préambule|preámbulo|преамбула|序言|ال?ديباجة)\W*$", re.IGNORECASE)
_OPTION = re.compile(
    r"^[\[(*\s]*(?:Option|Variante|Opción|Вариант|备选案文|ال?خيار)\s+(\d{1,2}|[IVX]{1,4}|"
    r"\(?[a-z]\)?)(?![\w])\s*([^:：]{0,40})[:：.]?\**\s*(.*)$",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part that a heading opens: what it is, its number ("" if none), its words as printed, and the rest."""

    what: str
    number: str
    printed: str
    rest: str
    rank: int


def part_of(text: str) -> Part | None:
    """Return the part that a heading announces.

    >>> part_of("Article 4 (mitigation)").number, part_of("Annexe II").what, part_of("A long way")
    ('4', 'annex', None)
    """
    for what, pattern, rank in _PARTS:
        hit = pattern.match(text)
        if hit:
            return Part(what, (hit[1] or "").strip(), hit[0].strip(), text[hit.end() :].lstrip(" .:：,，–—-"), rank)
    return None


def is_opener(text: str) -> bool:
    """Whether this is the line by which a body starts to speak: "The General Assembly,"."""
    return len(text) <= 140 and bool(_OPENERS.match(text))


def is_formula(text: str) -> bool:
    """Whether this is the line between preamble and articles: "Have agreed as follows:"."""
    return bool(_FORMULA.match(text))


def is_operative_verb(text: str) -> bool:
    """Whether an unnumbered paragraph decides ("Adopts the following …") rather than recalls."""
    return bool(_OPERATIVE.match(text))


def is_preambular(text: str) -> bool:
    """Whether a paragraph reads like a preambular one: a participle in front, a comma at the end."""
    return bool(_PREAMBULAR.match(text)) and text.rstrip("]*) ").endswith((",", ";", "，", "；", "،", "؛"))


def is_preamble_heading(text: str) -> bool:
    """Whether a heading says "Preamble"."""
    return bool(_PREAMBLE.match(text))


def option_of(text: str) -> tuple[str, str] | None:
    """Return number and rest of "Option 2: …"; the rest is empty when the option is a line of its own."""
    hit = _OPTION.match(text)
    if not hit or (len(text) > 60 and ":" not in text[:60] and "：" not in text[:60]):
        return None
    rest = re.sub(r"^\W+$", "", hit[3].strip())
    return hit[1].strip("()"), rest
