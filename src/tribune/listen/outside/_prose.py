"""Running words cut where they name a paragraph or a question."""

from __future__ import annotations

import re

from tribune.engine.text._encoding import decode

from ._found import Found

# "Paragraph 12", "Para. 12(c)", "§ 12", "Question 3", and the same in the other five languages, at the start of a
# line; what follows on the line belongs to the answer.
_HEAD = re.compile(
    r"^\s*(?:[-*•]\s*)?(?P<kind>paragraphs?|para\.?|par\.|paragraphe|párrafo|parrafo|пункт|абзац|الفقرة|فقرة|第|§+|¶|"
    r"questions?|pregunta|вопрос|السؤال|سؤال|问题)\s*(?:no\.?|n[.°º]|№)?\s*"
    r"(?P<number>\d{1,4}(?:\s?(?:bis|ter))?(?:[.(]?\s?[a-z]{1,4}\b\)?)*)\s*(?:段|款)?\s*"
    r"(?:[:.\-–—)]\s*|\s*$|\s*：\s*)",
    re.IGNORECASE)
_QUESTION = ("question", "questions", "pregunta", "вопрос", "السؤال", "سؤال", "问题")
_GREETING = re.compile(
    r"^(?:dear|hello|hi|bonjour|madame|monsieur|estimad|querid|уважаем|здравствуйте|السلام|تحية|尊敬|您好|best regards|"
    r"kind regards|regards|sincerely|cordialement|saludos|atentamente|с уважением|مع التحية|此致)", re.IGNORECASE)
_ACT = re.compile(r"^(?P<act>keep|add|change|delete|comment)\b\s*[:\-–—]\s*", re.IGNORECASE)


def decoded(data: bytes) -> str:
    """Return the text of bytes in whatever encoding they are."""
    return decode(data)[0].replace("\r\n", "\n").replace("\r", "\n")


def in_parts(text: str, place: str) -> list[Found]:
    """Return an answer for each paragraph or question that is named, and one for what stands before.

    >>> [(one.paragraph, one.why) for one in in_parts("Paragraph 12: leaves towns out.\\n\\nPara 3\\nGood.", "m")]
    [('12', 'leaves towns out.'), ('3', 'Good.')]
    """
    parts: list[tuple[str, int, list[str]]] = [("", 1, [])]
    for n, line in enumerate(text.split("\n"), start=1):
        head = _HEAD.match(line)
        if head is None:
            parts[-1][2].append(line)
            continue
        number = re.sub(r"\s+", "", head["number"]).rstrip(".")
        asked = head["kind"].casefold() in _QUESTION
        parts.append((f"question {number}" if asked else number, n, [line[head.end():]]))
    found = []
    for paragraph, n, lines in parts:
        words = "\n".join(lines).strip()
        words = re.sub(r"\n{3,}", "\n\n", words)
        if not words or (not paragraph and len(parts) > 1 and _only_greets(words)):
            continue
        act = _ACT.match(words)
        one = Found(place=f"{place}, line {n}", paragraph=paragraph, why=words)
        if act is not None and paragraph:
            one.act, rest = act["act"].upper(), words[act.end():].strip()
            one.why = rest
            if one.act in ("ADD", "CHANGE"):
                wording, _gap, why = rest.partition("\n\n")
                one.wording, one.why = " ".join(wording.split()).strip("“”\"«»"), why.strip()
        found.append(one)
    return found


def _only_greets(words: str) -> bool:
    return all(_GREETING.match(line.strip()) or len(line.split()) < 4 for line in words.split("\n") if line.strip())
