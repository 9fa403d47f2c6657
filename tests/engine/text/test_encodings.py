"""Old encodings, by detection alone, on real words: the Universal Declaration in each."""

import pytest

from tribune.engine.text import read


@pytest.mark.real
@pytest.mark.parametrize(("language", "encoding"), [
    ("fr", "cp1252"), ("es", "cp1252"), ("ru", "cp1251"), ("zh", "gb18030"), ("ar", "cp1256"), ("ar", "utf-16"),
    ("zh", "utf-16-le"), ("ru", "utf-16-be"), ("fr", "utf-8-sig"),
])
def test_words_are_the_same_in_an_old_encoding(real_data, language, encoding):
    path = real_data / "multilingual" / "udhr" / f"UDHR_{language}_generated.docx"
    text = "\n\n".join(f"{item.label} {item.text}".strip() for item in read(path.read_bytes()).paragraphs)
    stored = text.encode(encoding, "ignore")
    wanted = read(stored.decode(encoding).encode(), name="a.txt")
    found = read(stored, name="a.txt")
    assert [item.text for item in found.paragraphs] == [item.text for item in wanted.paragraphs]
    assert found.language == language
    said = [notice for notice in found.warnings if notice.code == "encoding"]
    assert bool(said) == encoding.startswith(("cp", "gb")), "a guess is said to be one"
