"""Language, sentences and encodings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tribune.engine.text import language_of, sentences
from tribune.engine.text._encoding import decode

SAMPLES = {
    "ar": "تجتمع المدن كل عام لتتحدث عن الماء والهواء.",
    "en": "Towns meet every year and speak about water and air.",
    "es": "Las ciudades se reúnen cada año y hablan del agua y del aire.",
    "fr": "Les villes se réunissent chaque année et parlent de l’eau et de l’air.",
    "ru": "Города собираются каждый год и говорят о воде и воздухе.",
    "zh": "各城市每年开会，讨论水和空气。",
}


@pytest.mark.parametrize(("language", "text"), SAMPLES.items())
def test_six_languages(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text", ["", "12 (a)", "A/80/L.41", "Ελληνικά είναι μια άλλη γλώσσα", "これは日本語の文章です。"]
)
def test_unsure_is_empty(text: str) -> None:
    assert language_of(text) == ""


@pytest.mark.real
@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_language_of_real_sentences(real_data: Path, language: str) -> None:
    lines = (real_data / "multilingual" / f"UNv1.0.devset.{language}").read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if len(line) > 40 or (language == "zh" and len(line) > 15)][:500]
    right = sum(language_of(line) == language for line in lines)
    assert right >= 0.97 * len(lines)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "See para. 4 of No. 7. Rain falls, e.g. in May. Does it? Yes!", 4),
        ("en", "The U.S. delegate spoke. J. K. Song replied; nobody slept.", 2),
        ("en", "It grew by 1.5 per cent. Then it stopped...  and went on.", 2),
        ("fr", "Voir l’art. 5. « Il pleut. » Vraiment ?", 3),
        ("es", "Véase pág. 3. ¿Llueve? ¡Sí!", 3),
        ("ru", "См. стр. 5. Дождь идёт. Почему?", 3),
        ("zh", "下雨了。为什么？因为有云；云很大。", 4),
        ("ar", "المطر ينزل. لماذا؟ لأن الغيوم كثيرة.", 3),
        ("en", "", 0),
        ("en", "No end", 1),
    ],
)
def test_sentences(language: str, text: str, expected: int) -> None:
    spans = sentences(text, language)
    assert len(spans) == expected, [text[a:b] for a, b in spans]
    assert all(text[a:b] == text[a:b].strip() for a, b in spans)
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == text.replace(" ", "")


LONG = {
    "fr": SAMPLES["fr"] + " Où est passé l’été ? À l’étranger…",
    "es": SAMPLES["es"] + " ¿Dónde está el niño?",
    "ru": SAMPLES["ru"] + " Это ещё не всё, что мы хотели сказать.",
    "ar": SAMPLES["ar"] + " هل هذا كل شيء؟",
    "zh": SAMPLES["zh"],
}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("fr", "cp1252"), ("fr", "mac-roman"), ("fr", "utf-16"), ("fr", "utf-8-sig"), ("es", "cp1252"),
        ("ru", "cp1251"),
        ("ru", "koi8-r"), ("ru", "cp866"), ("ar", "cp1256"), ("zh", "gb18030"), ("ru", "utf-16-le"), ("zh", "utf-8"),
    ],
)  # fmt: skip
def test_legacy_encodings(language: str, encoding: str) -> None:
    text, notice = decode(LONG[language].encode(encoding))
    assert text == LONG[language]
    assert (notice is None) == encoding.startswith("utf")


def test_stated_encoding_is_believed_when_it_fits() -> None:
    data = '<html><head><meta charset="iso-8859-5"></head><p>Дождь</p></html>'.encode("iso-8859-5")
    assert "Дождь" in decode(data)[0]
