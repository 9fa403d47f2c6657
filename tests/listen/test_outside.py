"""Files with answers: a mail, a letter, tracked changes, a table, annotations; and hostile ones."""

import io
import json
from email.message import EmailMessage

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tribune.common.reading import Limits, in_child
from tribune.engine.types import Unreadable
from tribune.listen.outside import read_answers

TASK = "tribune.listen.outside:read_answers"


def mail(body="Paragraph 1: leaves towns out.\n\n-- \nNoor\n", *, subtype="plain", attachments=()):
    message = EmailMessage()
    message["From"] = "Noor Haddad <noor@saltmere.example>"
    message["Subject"] = "Our answer"
    message["Date"] = "Mon, 17 May 2027 09:00:00 +0000"
    message.set_content(body, subtype=subtype)
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def tracked(*, author="Noor", old="shall", new="may", text=("We ", " act.")):
    """A paragraph in which one word was struck and one put in, with a comment."""
    file = Document()
    paragraph = file.add_paragraph(text[0])
    for tag, words in (("w:del", old), ("w:ins", new)):
        run = paragraph.add_run(words)
        change = OxmlElement(tag)
        change.set(qn("w:id"), "9")
        change.set(qn("w:author"), author)
        for node in run._r.findall(qn("w:t")) if tag == "w:del" else ():
            node.tag = qn("w:delText")
        paragraph._p.remove(run._r)
        change.append(run._r)
        paragraph._p.append(change)
    last = paragraph.add_run(text[1])
    file.add_comment([last], text="Weaker than before.", author=author)
    kept = io.BytesIO()
    file.save(kept)
    return kept.getvalue()


def read(data, name):
    return read_answers(data, {"name": name})


def test_a_mail_gives_sender_and_its_own_words_only():
    told = read(mail("Dear all,\n\nParagraph 12(c): too weak.\n\nPara 3\nGood.\n\n"
                     "On Monday, the hub wrote:\n> Please.\n"), "answer.eml")
    assert (told["sender"], told["sender_name"], told["subject"]) == ("noor@saltmere.example", "Noor Haddad",
                                                                      "Our answer")
    assert [(row["paragraph"], row["why"]) for row in told["items"]] == [("12(c)", "too weak."), ("3", "Good.")]
    assert {row["sender"] for row in told["items"]} == {"noor@saltmere.example"}


def test_a_mail_in_html_loses_scripts_and_quotes():
    told = read(mail("<p>Paragraph 2: name towns.</p><script>alert(1)</script><blockquote>Old words</blockquote>",
                     subtype="html"), "a.eml")
    assert [row["why"] for row in told["items"]] == ["name towns."]


def test_attachments_are_read_too_and_others_are_told():
    table = b"paragraph,comment\n1,Too long\n"
    told = read(mail(attachments=[("answers.csv", table), ("scan.png", b"\x89PNG")]), "a.eml")
    assert [row["place"] for row in told["items"]] == ["mail, line 1", "answers.csv, line 2"]
    assert [code for code, _words in told["warnings"]] == ["attachment"]


def test_tracked_changes_and_comments_are_read_from_word():
    told = read(tracked(), "answer.docx")
    assert len(told["items"]) == 1
    row = told["items"][0]
    assert (row["read_text"], row["wording"], row["why"], row["by"], row["act"]) == (
        "We shall act.", "We may act.", "Weaker than before.", "Noor", "CHANGE")


def test_what_our_own_export_drew_is_not_the_readers():
    told = read(tracked(author="Saltmere [abcdefghjk]"), "answer.docx")
    assert told["items"] == []


def test_a_letter_in_word_is_cut_where_it_names_paragraphs():
    file = Document()
    for words in ("Dear Sir,", "Paragraph 4: keep it.", "Question 2: More trains."):
        file.add_paragraph(words)
    kept = io.BytesIO()
    file.save(kept)
    told = read(kept.getvalue(), "letter.docx")
    assert [(row["paragraph"], row["why"]) for row in told["items"]] == [
        ("4", "keep it."), ("question 2", "More trains.")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_table_in_any_encoding_and_with_any_separator(encoding):
    table = "Paragraph;Comment;Ville;E-mail\n1;Trop géné­ral;Saltmère;a@b.example\n".replace("­", "")
    told = read(table.encode(encoding), "form.csv")
    row = told["items"][0]
    assert (row["paragraph"], row["why"], row["city"], row["sender"]) == ("1", "Trop général", "Saltmère",
                                                                          "a@b.example")


def test_columns_of_a_form_are_questions_and_bad_rows_are_told_by_line():
    table = ("Timestamp,Name,What should change?\n2027-05-17,Noor,More trains\n,,\n2027-05-17,Ana,Less,too many,cells\n"
             "2027-05-18,Bo,\n2027-05-18,Cy,\"'=1+1\"\n")
    told = read(table.encode(), "form.csv")
    assert [(row["paragraph"], row["why"]) for row in told["items"]] == [
        ("question What should change?", "More trains"), ("question What should change?", "=1+1")]
    assert [words.split()[1] for _code, words in told["warnings"]] == ["4", "5"]


def test_annotations_of_another_tool_and_ours():
    told = read(json.dumps([
        {"type": "Annotation", "motivation": "commenting", "body": {"value": "Too long", "language": "en"},
         "target": {"source": "https://hub.example/para/abcdefghjk",
                    "selector": {"type": "TextQuoteSelector", "exact": "We act."}}},
        {"type": "Annotation", "target": "x"}]).encode(), "notes.jsonld")
    row = told["items"][0]
    assert (row["paragraph"], row["read_text"], row["why"], row["act"]) == ("uid:abcdefghjk", "We act.", "Too long",
                                                                            "COMMENT")
    assert len(told["warnings"]) == 1


@pytest.mark.parametrize(("data", "name"), [
    (b"not a zip", "a.docx"), (b"", "a.eml"), (b"{", "a.json"), (b"", "a.csv"), (b"x", "a.exe"),
    (b"PK\x05\x06" + bytes(18), "a.docx"), (b"timestamp\n1\n", "a.csv")])
def test_what_cannot_be_read_is_said_with_what_to_do(data, name):
    with pytest.raises(Unreadable) as refused:
        read(data, name)
    assert refused.value.do


def test_the_reader_runs_in_a_child_and_a_bomb_stays_there():
    bomb = io.BytesIO()
    import zipfile

    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<a>" + "x" * 80_000_000)
    with pytest.raises(Unreadable):
        in_child(TASK, bomb.getvalue(), {"name": "bomb.docx"}, Limits(wall_seconds=20, cpu_seconds=10))
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", entity)
    assert in_child(TASK, held.getvalue(), {"name": "e.docx"}, Limits(wall_seconds=20))["items"] == []
    assert in_child(TASK, mail(), {"name": "a.eml"}, Limits(wall_seconds=20))["items"][0]["paragraph"] == "1"


def test_a_million_letters_and_many_rows_are_cut_and_told():
    table = "paragraph,comment\n" + "1,x\n" * 2500 + "2," + "y" * 30_000 + "\n"
    told = read(table.encode(), "form.csv")
    assert len(told["items"]) == 2000
    assert told["warnings"][0][0] == "too_many"
