"""The joint submission as a Word file: numbered sentences, their support, sources as footnotes, signatures."""

from __future__ import annotations

from itertools import groupby

from ._akn import apart, note_line, signer_line
from ._content import Content, Said
from ._word import Word


def docx(found: Content) -> bytes:
    """Return the submission as DOCX. An empty one says so."""
    words = found.words
    file = Word(found.language, title=found.title, author=found.organisation)
    file.paragraph(found.title, "Title")
    file.paragraph(words["submitted_by"] % {"who": apart(found, found.entitled or words["unnamed"])})
    file.paragraph(found.process)
    file.paragraph(words["on"] % {"day": apart(found, found.on)} if found.on else found.status)
    if words["translated"]:
        file.paragraph(words["translated"])
    for section in found.sections:
        file.paragraph(section.title, "Heading 1")
        for said in section.sentences:
            if said.minority and not any(one.minority for one in section.sentences[:section.sentences.index(said)]):
                file.paragraph(words["minority"], "Heading 2")
            _sentence(file, found, said)
        if not section.sentences:
            file.paragraph(words["no_sentence"])
    file.paragraph(found.endorsed, "Heading 1")
    for mandated, signers in groupby(found.signers, key=lambda one: one.mandated):
        file.paragraph(words["mandated" if mandated else "not_mandated"], "Heading 2")
        for region, rows in groupby(signers, key=lambda one: one.region):
            file.run(file.paragraph(""), region, bold=True)
            for signer in rows:
                file.paragraph(signer_line(found, signer), "List Bullet")
    if found.not_named:
        file.paragraph(found.not_named)
    if not found.n_endorsed:
        file.paragraph(words["nobody"])
    file.footer(f"{found.address}  {words['digest']}: {found.sha256[:16]}…")
    file.paragraph(f"{words['digest']}: {found.sha256}", "Support")
    return file.save()


def _sentence(file: Word, found: Content, said: Said) -> None:
    paragraph = file.paragraph(said.text, "Numbered Paragraph")
    for note in said.notes:
        if not note.against:
            file.notes.add(paragraph, note_line(found, note), note.address)
    counts = said.support
    if said.opposition:
        counts += "; " + found.words["otherwise"] % {"who": said.opposition}
    if said.more:
        counts += " · " + found.words["more"]
    line = file.paragraph(f"[{counts}]", "Support")
    for note in said.notes:
        if note.against:
            file.notes.add(line, note_line(found, note), note.address)
