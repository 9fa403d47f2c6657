"""Whole files in, numbered paragraphs out."""

from __future__ import annotations

import unicodedata

import pytest
from tests.engine.text import samples

from tribune.engine.text import MAX_BYTES, from_json, read, to_json
from tribune.engine.types import Document, Unreadable


def ids(document: Document) -> list[str]:
    return [item.id for item in document.paragraphs]


def kinds(document: Document) -> dict[str, str]:
    return {item.id: item.kind for item in document.paragraphs}


def text(document: Document, id_: str) -> str:
    return next(item.text for item in document.paragraphs if item.id == id_)


def codes(document: Document) -> list[str]:
    return [item.code for item in document.warnings]


RESOLUTION = """The Assembly of Towns,

Recalling its first meeting,

Noting with concern that rain falls,

1. Decides to open umbrellas;

2. Asks towns:

(a) To lend umbrellas;

(b) To mend umbrellas:

(i) With cloth;

(ii) With wire;

3. Decides to meet again.

Annex I

Rules

1. Umbrellas are black.

2. Or not.

Annex II

1. Rain is wet.
"""


def test_plain_resolution_gets_paths_kinds_and_spoken_numbers() -> None:
    document = read(RESOLUTION.encode())
    assert ids(document) == [
        "u.1", "pre.1", "pre.2", "1", "2", "2.a", "2.b", "2.b.i", "2.b.ii", "3",
        "annex1", "h.1", "annex1.1", "annex1.2", "annex2", "annex2.1",
    ]  # fmt: skip
    found = {item.id: item for item in document.paragraphs}
    assert found["2.b.ii"].number == "2(b)(ii)"
    assert found["2.b.ii"].label == "(ii)"
    assert found["2.b.ii"].text == "With wire;"
    assert found["annex1.2"].number == "Annex I, 2"
    assert found["annex1.2"].headings == ("Annex I", "Rules")
    assert kinds(document)["annex1"] == "annex"
    assert kinds(document)["2.a"] == "sub"
    assert kinds(document)["pre.2"] == "preamble"
    assert document.language == "en"
    assert codes(document) == []


def test_a_gap_is_a_notice_and_never_an_error() -> None:
    document = read(b"1. One thing is here.\n\n2. Two things are here.\n\n5. Five things are here.\n")
    assert ids(document) == ["1", "2", "5"]
    assert [item.message for item in document.warnings] == ["5 follows 2."]


def test_numbering_that_begins_again_says_so_and_keeps_ids_apart() -> None:
    document = read(b"1. One thing.\n\n2. Another thing.\n\n1. A new beginning.\n\n2. And on.\n")
    assert ids(document) == ["1", "2", "1~2", "2~2"]
    assert codes(document) == ["restart"]


def test_text_without_numbers_is_read_and_counted() -> None:
    document = read(b"Nous aimons la pluie et le beau temps.\n\nNous aimons aussi le vent du nord.")
    assert ids(document) == ["u.1", "u.2"]
    assert document.language == "fr"
    assert "no_numbers" in codes(document)


def test_lettered_preamble() -> None:
    source = "A. Recalling that rain falls on all towns without any distinction whatever,\n\n"
    source += "B. Reaffirming that umbrellas are for everybody who stands in the rain,\n\n1. Decides to stand in it.\n"
    document = read(source.encode())
    assert [(item.id, item.number, item.kind) for item in document.paragraphs] == [
        ("pre.1", "A", "preamble"), ("pre.2", "B", "preamble"), ("1", "1", "operative"),
    ]  # fmt: skip


def test_bis_brackets_and_options() -> None:
    source = "1. [The rain] [The sun] shines.\n\n1bis. [Both shine.]\n\n[2. Option 1: Umbrellas are lent;\n\n"
    source += "Option 2: Umbrellas are sold:\n\n(a) For money;\n\n(b) For songs.]\n\n3. No text.\n"
    document = read(source.encode())
    assert ids(document) == ["1", "1bis", "2", "2.opt2", "2.opt2.a", "2.opt2.b", "3"]
    assert text(document, "2").startswith("[Option 1")
    assert document.paragraphs[4].number == "2, option 2(a)"


def test_letter_i_after_h_is_a_letter_and_roman_below_a_letter_is_roman() -> None:
    letters = "".join(f"({letter}) Thing {letter};\n\n" for letter in "abcdefghij")
    document = read(
        f"1. We want:\n\n{letters}2. We also want:\n\n(a) This:\n\n(i) Red;\n\n(ii) Blue;\n\n(b) That.".encode()
    )
    assert "1.i" in ids(document)
    assert "1.j" in ids(document)
    assert ids(document)[-4:] == ["2.a", "2.a.i", "2.a.ii", "2.b"]


def test_articles_that_count_anew_are_scopes_and_those_that_count_on_are_not() -> None:
    anew = "Article 1\n\n1. One is here.\n\n2. Two is here.\n\nArticle 2 (rain)\n\n"
    anew += "For this agreement:\n\n(a) Rain is wet;\n\n"
    assert ids(read(anew.encode())) == ["h.1", "art1.1", "art1.2", "h.2", "art2", "art2.a"]
    on = "Article 1\n\n1. One is here.\n\n2. Two is here.\n\nArticle 2\n\n"
    on += "3. Three is here.\n\nArticle 3\n\n4. Four is here.\n"
    assert [item.id for item in read(on.encode()).paragraphs if item.kind == "operative"] == ["1", "2", "3", "4"]


def test_list_goes_on_below_headings_inside_it() -> None:
    source = "1. We commit to:\n\nWATER\n\n(a) Boats on the water;\n\nWIND\n\n(b) Kites in the wind.\n"
    document = read(source.encode())
    assert ids(document) == ["1", "h.1", "1.a", "h.2", "1.b"]
    assert document.paragraphs[-1].headings[-1] == "WIND"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1. يقرر أن يجتمع؛\n\n2. يطلب إلى المدن ما يلي:\n\n(أ) أن تأتي؛\n\n(ب) أن تتكلم.", ["1", "2", "2.a", "2.b"]),
        ("1. Постановляет собраться;\n\n2. Просит города:\n\nа) прийти;\n\nб) говорить.", ["1", "2", "2.a", "2.b"]),
        ("1. 决定开会；\n\n2. 请各城市：\n\n(a) 参加；\n\n(b) 发言。", ["1", "2", "2.a", "2.b"]),
        ("一、决定开会；\n\n二、请各城市参加：\n\n（一）会议；\n\n（二）讨论。", ["1", "2", "2.1", "2.2"]),
        (
            "1. Décide de se réunir ;\n\n2. Prie les villes :\n\na) de venir ;\n\nb) de parler.",
            ["1", "2", "2.a", "2.b"],
        ),
        (
            "1. Decide reunirse;\n\n2. Pide a las ciudades:\n\na) que vengan;\n\nb) que hablen.",
            ["1", "2", "2.a", "2.b"],
        ),
        (".1 يقرر أن يجتمع؛\n\n.2 يطلب إلى المدن أن تأتي.", ["1", "2"]),
        ("١. يقرر أن يجتمع؛\n\n٢. يطلب إلى المدن أن تأتي.", ["1", "2"]),
    ],
)
def test_the_same_ids_in_six_languages(source: str, expected: list[str]) -> None:
    assert ids(read(source.encode())) == expected


def test_pdf_paragraph_goes_on_over_pages_without_heads_and_feet() -> None:
    head, foot = "A/1/L.2", "26-00001"
    pages = [
        [head, "", "", "^1. Decides that umbrellas are opened whenever the rain which falls",
         "reaches the second button",
         *[""] * 108, foot + " 1/3"],
        [head, "", "", "of the coat;", "", "^2. Decides to dry them.", *[""] * 110, foot + " 2/3"],
        [head, "", "", "^3. Asks for tea.", *[""] * 113, foot + " 3/3"],
    ]  # fmt: skip
    document = read(samples.pdf(pages))
    assert [(item.id, item.page) for item in document.paragraphs] == [("1", 1), ("2", 2), ("3", 3)]
    assert text(document, "1").endswith("reaches the second button of the coat;")
    assert document.symbol == head
    assert document.source.pages == 3


def test_pdf_heals_hyphens_by_the_words_of_the_text() -> None:
    pages = [["^1. Wandering towns open their high-level doors to wan-", "dering people and to high-", "level people."]]
    assert text(read(samples.pdf(pages)), "1").endswith("to wandering people and to high-level people.")


def test_docx_counts_automatic_numbers_and_keeps_deleted_words_out() -> None:
    level = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    numbering = (
        f'<w:numbering xmlns:w="{samples.W}"><w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    changed = "<w:p><w:r><w:t>3. Towns </w:t></w:r><w:del><w:r><w:delText>may</w:delText></w:r></w:del>"
    changed += "<w:ins><w:r><w:t>shall</w:t></w:r></w:ins><w:r><w:t> sing.</w:t></w:r></w:p>"
    body = samples.paragraph("Decides to sing:", level.format(0)) + samples.paragraph("loudly;", level.format(1))
    body += (
        samples.paragraph("softly;", level.format(1))
        + samples.paragraph("Asks for silence.", level.format(0))
        + changed
    )
    document = read(samples.docx(body, word_numbering=numbering))
    assert ids(document) == ["1", "1.a", "1.b", "2", "3"]
    assert text(document, "3") == "Towns shall sing."
    assert codes(document) == ["tracked_changes"]


def test_docx_table_rows_lose_nothing() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{samples.paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"

    rows = row("Old text", "Amendment") + row("Towns may sing.", "Towns shall sing.") + row("1.", "Only one.")
    table = f"<w:tbl>{rows}</w:tbl>"
    document = read(samples.docx(table))
    assert [item.text for item in document.paragraphs] == [
        "Old text | Amendment", "Towns may sing. | Towns shall sing.", "Only one.",
    ]  # fmt: skip
    assert document.paragraphs[2].id == "1"


def test_html_lists_headings_tables_and_no_scripts() -> None:
    page = """<!doctype html><html lang="en"><head><title>x</title><script>1. no</script></head><body><nav>Home</nav>
    <h1>Songs</h1><h2>Loud</h2><ol><li>Sing<ol type="a"><li>high</li><li>low</li></ol></li><li>Hum<br>gently</li></ol>
    <table><tr><td>old<b>er</b></td><td>new</td></tr></table><p>End<sup>1</sup> here</p></body></html>"""
    document = read(page.encode())
    assert document.title == "Songs"
    assert [(item.id, item.text) for item in document.paragraphs] == [
        ("h.1", "Songs"), ("h.2", "Loud"), ("1", "Sing"), ("1.a", "high"), ("1.b", "low"), ("2", "Hum gently"),
        ("u.1", "older | new"), ("u.2", "End here"),
    ]  # fmt: skip


def test_markdown_front_matter_and_footnotes() -> None:
    source = "---\ntitle: Songs of rain\n---\n\n## Rain\n\n1. It *rains*.[^a]\n2. It pours.\n\n[^a]: It often does.\n"
    document = read(source.encode(), name="songs.md")
    assert document.title == "Songs of rain"
    assert [(item.id, item.kind, item.text) for item in document.paragraphs][1:] == [
        ("1", "operative", "It rains."), ("2", "operative", "It pours."), ("note.s1", "note", "It often does."),
    ]  # fmt: skip


AKN = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="resolution"><meta>
<identification source="#x"><FRBRWork><FRBRnumber value="res-1" showAs="RESOLUTION 1"/></FRBRWork>
<FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification></meta>
<preface><longTitle><p>On rain</p></longTitle></preface>
<preamble><recitals><intro><p>considering</p></intro><recital><num>a)</num><p>that rain falls,</p></recital></recitals>
</preamble>
<mainBody><hcontainer name="decides"><heading>decides</heading>
<paragraph><num>1</num><content><p>to open umbrellas;</p></content></paragraph>
<paragraph><num>2</num><content><p>to close them.</p></content></paragraph></hcontainer></mainBody></statement>
</akomaNtoso>"""


def test_akoma_ntoso() -> None:
    document = read(AKN.encode())
    assert document.symbol == "RESOLUTION 1"
    assert document.title == "On rain"
    assert [(item.id, item.kind) for item in document.paragraphs if item.kind not in ("heading", "other")] == [
        ("h.2.a", "preamble"), ("1", "operative"), ("2", "operative"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (samples.docx(""), "empty"),
        (b"<html><body><script>x</script></body></html>", "empty"),
        (b"x" * (MAX_BYTES + 1), "too_big"),
        (samples.encrypted_pdf(), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (samples.scan_pdf(), "scan"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "not_a_document"),
        (b"{\\rtf1 hello}", "not_a_document"),
        (bytes(range(256)) * 8, "not_a_document"),
        (b"<?xml version='1.0'?><songs><song/></songs>", "not_a_document"),
        (b"%PDF-1.7\nthen nothing", "broken"),
        (b"PK\x03\x04 and then nothing", "broken"),
        (samples.docx("<w:p>"), "broken"),
        (AKN[:-20].encode(), "broken"),
        (samples.bomb_docx(), "bomb"),
        (samples.lying_docx(), "broken"),
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]><akomaNtoso>&a;</akomaNtoso>', "xml"),
        ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><akomaNtoso/>'.encode("utf-16"), "xml"),
    ],
)  # fmt: skip
def test_refusals_say_what_and_what_to_do(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(data)
    assert refusal.value.code == code
    assert refusal.value.what.endswith(".")
    assert refusal.value.do.endswith(".")
    assert "\n" not in str(refusal.value)


def test_external_entity_is_refused_unread(tmp_path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    data = f'<!DOCTYPE a SYSTEM "{secret.as_uri()}"><akomaNtoso>text</akomaNtoso>'.encode()
    with pytest.raises(Unreadable) as refusal:
        read(data)
    assert refusal.value.code == "xml"
    body = f'<!DOCTYPE w:document [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    with pytest.raises(Unreadable):
        read(samples.docx("").replace(b"<w:document", body.encode() + b"<w:document"))


def test_too_many_pages() -> None:
    with pytest.raises(Unreadable) as refusal:
        read(samples.pdf([["One."], ["Two."], ["Three."]]), pages_max=2)
    assert refusal.value.code == "too_many_pages"
    assert "3 pages" in refusal.value.what


def test_wrong_extension_is_read_with_a_notice() -> None:
    document = read(samples.pdf([["^1. Decides to sing.", "", "^2. Decides to hum."]]), name="songs.docx")
    assert document.source.media_type == "application/pdf"
    assert codes(document)[0] == "wrong_extension"
    assert "wrong_extension" not in codes(read(RESOLUTION.encode(), name="songs.txt"))


def test_no_private_or_invisible_characters_and_nfc() -> None:
    source = "1. De\u0301cide\ue123 d\u00ade\u200b se re\u0301unir\u202c \u2011 oui.\n\n2. Prie les villes de venir.\n"
    found = text(read(source.encode()), "1")
    assert found == "Décide de se réunir - oui."
    assert unicodedata.is_normalized("NFC", found)


def test_same_input_same_output_and_json_round_trip() -> None:
    one, two = read(RESOLUTION.encode()), read(RESOLUTION.encode())
    assert to_json(one) == to_json(two)
    assert from_json(to_json(one)) == one
    assert list(to_json(one)) == ["title", "symbol", "language", "source", "paragraphs", "warnings"]
    assert list(to_json(one)["paragraphs"][0]) == [
        "id",
        "number",
        "label",
        "kind",
        "headings",
        "text",
        "page",
        "mentions",
    ]


def test_input_is_left_alone() -> None:
    data = bytearray(RESOLUTION.encode())
    before = bytes(data)
    read(bytes(data))
    assert bytes(data) == before
