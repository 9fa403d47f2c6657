"""Pages to print on a machine that may have no fonts at all."""

import json
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
import typst

from tribune.common import typeset
from tribune.common.typeset import child

ARABIC, RUSSIAN, CHINESE = "السلطات المحلية", "местные власти", "地方政府"
TEMPLATE = '''#let data = json(bytes(sys.inputs.data))
#set document(title: "Test")
#set text(font: ("Noto Serif", "Noto Naskh Arabic", "Noto Serif CJK SC"), lang: "en")
= Test
#data.words *#data.words*
'''


@pytest.fixture
def root(tmp_path):
    (tmp_path / "test.typ").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


def test_latin_cyrillic_and_arabic_come_along():
    ours = Path(child.__file__).with_name("fonts")
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(ours)])
    assert set(fonts.families()) == {"Noto Serif", "Noto Sans", "Noto Naskh Arabic", "Noto Sans Arabic"}
    styles = {(face.family, face.style, face.weight) for face in fonts.fonts()}
    assert {("Noto Serif", "normal", 400), ("Noto Serif", "normal", 600), ("Noto Serif", "italic", 400),
            ("Noto Naskh Arabic", "normal", 600)} <= styles


@pytest.mark.parametrize("words", ["local authorities", RUSSIAN, ARABIC])
def test_words_are_set_in_a_face_that_has_them(root, words):
    page = typeset.set_page(root, "test.typ", {"words": words})
    assert page.startswith(b"%PDF-")
    text = pypdfium2.PdfDocument(page)[0].get_textpage().get_text_bounded()
    assert len(text.split()) >= 3
    assert typeset.set_page(root, "test.typ", {"words": words}) == page


def test_chinese_without_a_face_is_refused_in_words(root, monkeypatch):
    monkeypatch.setattr(typeset.subprocess, "run", lambda *args, **more: subprocess.CompletedProcess(
        args, child.NO_FACE, b"", b""))
    with pytest.raises(typeset.NoFace, match="Chinese characters"):
        typeset.set_page(root, "test.typ", {"words": CHINESE})


def test_the_child_refuses_chinese_where_no_family_has_it(root, tmp_path):
    """The real child, with the list of families emptied."""
    code = ("import sys, json; sys.path.insert(0, sys.argv[1]); import child; child.CHINESE = set(); "
            "sys.argv = ['x']; child.main()")
    asked = json.dumps({"template": "test.typ", "root": str(root), "format": "pdf", "data": {"words": CHINESE}})
    done = subprocess.run([sys.executable, "-c", code, str(Path(child.__file__).parent)], input=asked.encode(),
                          capture_output=True, timeout=60, check=False)
    assert done.returncode == child.NO_FACE, done.stderr
