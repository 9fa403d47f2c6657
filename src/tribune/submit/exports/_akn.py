"""Akoma Ntoso 1.0 (OASIS LegalDocML): the submission as a statement, its sources as authorial notes."""

from __future__ import annotations

from lxml import etree
from lxml.builder import ElementMaker

from ._content import Content, Note, Said

NS = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_E = ElementMaker(namespace=NS, nsmap={None: NS})
_ISO3 = {"en": "eng", "fr": "fra", "es": "spa", "ru": "rus", "ar": "ara", "zh": "zho"}


def akn(found: Content) -> bytes:
    """Return the submission as an Akoma Ntoso `statement`; each sentence is a numbered paragraph."""
    iri = found.address.rstrip("/")
    iso = _ISO3.get(found.language, "und")
    day = found.on or "2000-01-01"
    root = _E.akomaNtoso(_E.statement(_meta(found, iri, iso, day), _E.preface(
        _E.longTitle(_E.p(_E.docTitle(found.title))), _E.p(found.process), _E.p(_by(found)), _E.p(found.status),
        *([_E.p(found.words["translated"])] if found.words["translated"] else [])),
        _E.mainBody(*[_section(found, place) for place in range(len(found.sections))]),
        _E.conclusions(_E.p(found.endorsed), *[_E.p(signer_line(found, one)) for one in found.signers],
                       *([_E.p(found.not_named)] if found.not_named else [])), name="statement"))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _by(found: Content) -> str:
    return found.words["submitted_by"] % {"who": apart(found, found.entitled or found.words["unnamed"])}


def _meta(found: Content, iri: str, iso: str, day: str) -> etree._Element:
    def level(tag: str, this: str, *more: etree._Element) -> etree._Element:
        return _E(tag, _E.FRBRthis(value=this), _E.FRBRuri(value=this), _E.FRBRdate(date=day, name="sent"),
                  _E.FRBRauthor(href="#organisation"), *more)

    country = _E.FRBRcountry(value="un")
    return _E.meta(
        _E.identification(level("FRBRWork", iri, country),
                          level("FRBRExpression", f"{iri}/{iso}", _E.FRBRlanguage(language=iso)),
                          level("FRBRManifestation", f"{iri}/{iso}.akn", _E.FRBRformat(value="application/akn+xml")),
                          source="#organisation"),
        _E.references(_E.TLCOrganization(eId="organisation", href=iri, showAs=found.organisation),
                      source="#organisation"))


def _section(found: Content, place: int) -> etree._Element:
    section = found.sections[place]
    return _E.section(_E.num(str(place + 1)), _E.heading(section.title),
                      *[_paragraph(found, said, place) for said in section.sentences], eId=f"sec_{place + 1}")


def _paragraph(found: Content, said: Said, place: int) -> etree._Element:
    words = _E.p(said.text)
    for count, note in enumerate(said.notes, start=1):
        words.append(_E.authorialNote(_note(found, note), marker=str(count), placement="bottom"))
    counts = said.support + (f"; {found.words['otherwise'] % {'who': said.opposition}}" if said.opposition else "")
    if said.more:
        counts += f" · {found.words['more']}"
    return _E.paragraph(_E.num(f"{said.number}."), _E.content(words, _E.p(_E.remark(f"[{counts}]", type="support"))),
                        eId=f"sec_{place + 1}__para_{said.number}")


def _note(found: Content, note: Note) -> etree._Element:
    line = _E.p(note_line(found, note))
    if note.address:
        line.append(_E.ref(note.address, href=note.address))
    return line


def apart(found: Content, words: str) -> str:
    """Return words that run in their own direction inside a line that runs from the right (UAX 9, isolates).

    A date after Arabic letters would turn around, and the quotation marks of a French sentence would part.
    """
    return f"\u2068{words}\u2069" if found.rtl and words else words


def note_line(found: Content, note: Note) -> str:
    """Return a source in one line, without its address."""
    parts = [apart(found, note.who), note.level, apart(found, note.on)] + (
        [found.words["against"]] if note.against else [])
    line = found.words["comma"].join(parts) + ". "
    return line + (apart(found, f"“{note.quote}”") + " " if note.quote else "")


def signer_line(found: Content, signer: object) -> str:
    """Return a signature in one line: who, with which mandate, of which body, on which day, and its reservation."""
    from ._content import Signer

    assert isinstance(signer, Signer)
    comma = found.words["comma"]
    line = apart(found, signer.name) + (": " if found.language != "zh" else "：")
    line += comma.join(filter(None, (signer.level, *(apart(found, one)
                                                     for one in (signer.body, signer.role, signer.on)))))
    if signer.reservation:
        line += " · " + found.words["reservation"] % {"words": apart(found, signer.reservation)}
    if signer.stays_out_of:
        line += " · " + found.words["stays_out"] % {"numbers": comma.join(map(str, signer.stays_out_of))}
    return line
