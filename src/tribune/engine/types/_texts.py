"""A text as engines see it: paragraphs with numbers, and what is named in them."""

from dataclasses import dataclass

# The six official languages of the United Nations, by ISO 639-1.
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")

PARAGRAPH_KINDS = ("preamble", "operative", "sub", "heading", "annex", "note", "other")

# How surely a term means a local or regional government; "excluded" is shown but never counted.
TIERS = ("explicit", "level", "excluded")


class Unreadable(Exception):
    """A file or table that cannot be read, with words for a person.

    `code` is stable for programs; `what` says what is wrong and where; `do` says what to do about it.
    """

    def __init__(self, code: str, what: str, do: str = "") -> None:
        self.code = code
        self.what = what
        self.do = do
        super().__init__(f"{what} {do}".strip())


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a term stands: half-open code-point offsets into the paragraph's NFC text.

    `kind` groups terms (for example "local_government", "city", "level", "territory"); `reason` says why
    an excluded hit does not count.
    """

    term: str
    kind: str
    tier: str
    start: int
    end: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One unit of a text that people can point at.

    `id` is a deterministic path, unique in its text ("pre.3", "12", "12.c.ii", "annex1.4", "h.2", "u.7",
    duplicates with "~2"); `number` is what people say ("12(c)"), empty where the text has none; `label` is
    the mark as printed ("(c)"); `headings` are the headings above it, outermost first; `text` is NFC,
    without the label; `page` counts from 1, None where the format has no pages.
    """

    id: str
    number: str
    label: str
    kind: str
    text: str
    headings: tuple[str, ...] = ()
    page: int | None = None
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader of the result should know ("34 follows 32"); never an error.

    `paragraph` is the id of the paragraph it is about, "" where it is about none; `values` are what `message` says
    beside its code (numbers, names), so that others can say the same in another language.
    """

    code: str
    message: str
    page: int | None = None
    paragraph: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The file a text came from: SHA-256 of its bytes in hex, media type, number of pages if it has any."""

    sha256: str
    media_type: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A text read from a file. `language` is one of LANGUAGES or "" when it cannot be told."""

    title: str
    symbol: str
    language: str
    source: Source
    paragraphs: tuple[Paragraph, ...]
    warnings: tuple[Notice, ...] = ()
