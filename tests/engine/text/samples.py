"""Small files made for the tests: PDFs by hand, DOCX by zipfile."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(pages: list[list[str]], *, size: float = 10.0, leading: float = 12.0, trailer: str = "") -> bytes:
    """A PDF with one text line per string; "" leaves the gap of a new paragraph; "^text" starts indented."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        y, commands = 760.0, ["BT", f"/F1 {size} Tf"]
        for line in lines:
            if not line:
                y -= 0.5 * leading
                continue
            x = 96 if line.startswith("^") else 72
            text = line.lstrip("^").replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            commands.append(f"1 0 0 1 {x} {y:.1f} Tm ({text}) Tj")
            y -= leading
        commands.append("ET")
        stream = "\n".join(commands)
        objects.append(f"<< /Length {len(stream.encode('latin-1'))} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 842] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return assembled(objects, trailer)


def assembled(objects: list[str], trailer: str = "") -> bytes:
    """The bytes of a PDF from the bodies of its objects."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def encrypted_pdf() -> bytes:
    """A PDF whose password nobody knows: the entries of its /Encrypt dictionary fit no password."""
    entry = "<" + "5a" * 32 + ">"
    ident = "<" + "11" * 16 + ">"
    encrypt = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {entry} /U {entry} /P -4 >> /ID [{ident} {ident}]"
    return pdf([["A text under lock"]], trailer=encrypt)


def scan_pdf() -> bytes:
    """A PDF with one page and no text on it."""
    return pdf([[]])


def docx(body: str, **parts: str) -> bytes:
    """A DOCX with the given XML inside w:body; more parts as word_numbering="…" → word/numbering.xml."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, text in parts.items():
            archive.writestr(name.replace("_", "/", 1) + ".xml", text)
    return buffer.getvalue()


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of a DOCX."""
    return (
        f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def bomb_docx(megabytes: int = 120) -> bytes:
    """A DOCX whose text part unpacks to a great many spaces."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(megabytes):
            part.write(b" " * 1_000_000)
    return buffer.getvalue()


def lying_docx(megabytes: int = 3) -> bytes:
    """A bomb that declares a small size: only counting while unpacking finds it."""
    data = bytearray(bomb_docx(megabytes))
    size = (megabytes * 1_000_000).to_bytes(4, "little")
    place = data.find(size)
    while place >= 0:
        data[place : place + 4] = (1000).to_bytes(4, "little")
        place = data.find(size, place + 4)
    return bytes(data)
