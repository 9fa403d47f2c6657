"""Set one page: run as a process of its own, so that a server's threads and forks are none of the typesetter's.

Reads {"template": …, "root": …, "data": {…}} from standard input and writes the PDF to standard output.
"""

import json
import sys
from pathlib import Path

import typst

# Any fixed moment: the document must not bear the time of asking.
MOMENT = 946684800


def main() -> None:
    asked = json.load(sys.stdin)
    root = Path(asked["root"])
    data = typst.compile((root / asked["template"]).read_bytes(), root=str(root), format="pdf",
                         sys_inputs={"data": json.dumps(asked["data"], ensure_ascii=False)}, pdf_standards=["ua-1"],
                         timestamp=MOMENT)
    sys.stdout.buffer.write(data if isinstance(data, bytes) else b"".join(data or []))


if __name__ == "__main__":
    main()
