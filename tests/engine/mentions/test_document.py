"""Whole documents: filling in and counting."""

from tribune.engine.mentions import annotate, count
from tribune.engine.types import Document, Paragraph, Source


def document(language: str, *paragraphs: tuple[str, str]) -> Document:
    return Document(
        title="A sample",
        symbol="",
        language=language,
        source=Source("0" * 64, "text/plain"),
        paragraphs=tuple(Paragraph(f"u.{i}", "", "", kind, text) for i, (kind, text) in enumerate(paragraphs, 1)),
    )


def test_headings_and_notes_are_annotated_but_not_counted() -> None:
    read = annotate(
        document(
            "en",
            ("heading", "Local authorities"),
            ("operative", "Invites local authorities and mayors to act in urban areas"),
            ("sub", "Cities and rural areas"),
            ("annex", "Heads of State and Government"),
            ("note", "See the Forum of Mayors."),
            ("preamble", "Recalling its resolution"),
        )
    )
    assert [len(p.mentions) for p in read.paragraphs] == [1, 3, 1, 1, 1, 0]
    assert count(read) == {"paragraphs": 4, "explicit": 1, "level": 1}


def test_a_document_of_unknown_language_is_searched_by_script() -> None:
    read = annotate(document("", ("other", "les collectivités locales"), ("other", "地方政府")))
    assert count(read) == {"paragraphs": 2, "explicit": 2, "level": 0}


def test_annotating_twice_changes_nothing_and_leaves_the_rest_alone() -> None:
    plain = document("en", ("operative", "local governments"))
    once = annotate(plain)
    assert annotate(once) == once
    assert plain.paragraphs[0].mentions == ()
    assert (once.title, once.source) == (plain.title, plain.source)


def test_an_empty_document_counts_nothing() -> None:
    assert count(annotate(document("en"))) == {"paragraphs": 0, "explicit": 0, "level": 0}
