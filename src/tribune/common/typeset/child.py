"""Set one page: run as a process of its own, so that a server's threads and forks are none of the typesetter's.

Reads {"template": …, "root": …, "format": "pdf" or "png", "data": {…}} from standard input and writes the page, or in
a picture the first page, to standard output. Ends with NO_FACE where the words are Chinese and no font has them.
"""

import json
import re
import sys
from pathlib import Path

import typst

# Any fixed moment: the document must not bear the time of asking.
MOMENT = 946684800
# Two dots for each of the screen's.
PPI = 144.0
NO_FACE = 4
# Families with simplified Chinese, as Linux, macOS and Windows name them.
CHINESE = {"Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC", "Source Han Sans SC", "Songti SC", "STSong",
           "PingFang SC", "SimSun", "Microsoft YaHei", "WenQuanYi Zen Hei", "AR PL UMing CN"}
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


def faces() -> typst.Fonts:
    """Return our fonts beside those of the system."""
    return typst.Fonts(include_system_fonts=True, font_paths=[str(Path(__file__).with_name("fonts"))])


def has_chinese(fonts: typst.Fonts) -> bool:
    """Whether a font with Chinese characters is among them."""
    return not CHINESE.isdisjoint(fonts.families())


def main() -> None:
    asked = json.load(sys.stdin)
    root, fonts = Path(asked["root"]), faces()
    source = (root / asked["template"]).read_bytes()
    words = {"data": json.dumps(asked["data"], ensure_ascii=False)}
    if _HAN.search(words["data"]) and not has_chinese(fonts):
        sys.exit(NO_FACE)
    if asked["format"] == "png":
        data = typst.compile(source, root=str(root), format="png", ppi=PPI, sys_inputs=words, timestamp=MOMENT,
                             font_paths=fonts)
    else:
        data = typst.compile(source, root=str(root), format="pdf", sys_inputs=words, pdf_standards=["ua-1"],
                             timestamp=MOMENT, font_paths=fonts)
    pages = data if isinstance(data, list) else [data or b""]
    sys.stdout.buffer.write(pages[0] if asked["format"] == "png" else b"".join(pages))


if __name__ == "__main__":
    if sys.argv[1:] == ["--chinese"]:
        sys.exit(0 if has_chinese(faces()) else NO_FACE)
    main()
