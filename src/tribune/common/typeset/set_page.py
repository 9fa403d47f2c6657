"""Set one page: run as a process of its own, so that a server's threads and forks are none of the typesetter's.

Reads {"template": …, "root": …, "format": "pdf" or "png", "data": {…}} from standard input and writes the page, or in
a picture the first page, to standard output.
"""

import json
import sys
from pathlib import Path

import typst

# Any fixed moment: the document must not bear the time of asking.
MOMENT = 946684800
# Two dots for each of the screen's.
PPI = 144.0


def main() -> None:
    asked = json.load(sys.stdin)
    root = Path(asked["root"])
    source = (root / asked["template"]).read_bytes()
    words = {"data": json.dumps(asked["data"], ensure_ascii=False)}
    if asked["format"] == "png":
        data = typst.compile(source, root=str(root), format="png", ppi=PPI, sys_inputs=words, timestamp=MOMENT)
    else:
        data = typst.compile(source, root=str(root), format="pdf", sys_inputs=words, pdf_standards=["ua-1"],
                             timestamp=MOMENT)
    pages = data if isinstance(data, list) else [data or b""]
    sys.stdout.buffer.write(pages[0] if asked["format"] == "png" else b"".join(pages))


if __name__ == "__main__":
    main()
