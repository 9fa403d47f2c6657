"""Drafts, imports, previews, renditions, publication."""

import hashlib
from datetime import date

import pytest
from tests.factories import (
    NOW,
    make_delegate,
    make_document,
    make_draft,
    make_officer,
    make_organisation,
    make_preview,
    make_process,
    make_user,
    make_version,
)

from tribune.common.models import Event
from tribune.engine.types import Document, Source
from tribune.people.queries import viewer_for
from tribune.people.rules import Viewer
from tribune.watch import actions, queries
from tribune.watch.events import VERSION_PUBLISHED
from tribune.watch.models import Passage, Version
from tribune.watch.refusals import (
    AlreadyPublished,
    LanguageTaken,
    NameTaken,
    NobodyNamed,
    NothingRead,
    NotShownPublic,
    NotYourProcess,
    PreviewThere,
)

pytestmark = pytest.mark.django_db

TEXT = """The Council,

Recalling its mandate,

I. Services

1. We resolve to involve local authorities, by:

(a) publishing what each service decides;

(b) keeping a counter open in all cities and towns;

2. We commit to schools, at all levels of government.
"""


@pytest.fixture
def officer():
    return make_officer(make_organisation())


@pytest.fixture
def draft(officer):
    return make_draft(make_process(organisation_id=min(officer.officer_of)))


def test_import_stores_every_paragraph_with_its_mentions(officer, draft):
    document = make_document(TEXT)
    version = make_preview(by=officer, draft=draft, document=document, file=TEXT.encode())
    stored = queries.engine_paragraphs(version, "en")
    assert stored == document.paragraphs
    rendition = version.renditions.get()
    assert rendition.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert rendition.file.read() == TEXT.encode()
    assert "text" not in rendition.file.name.split("/")[-1].removesuffix(".txt"), "no name of a sender on disk"
    assert rendition.n_naming == 1
    paragraph = queries.paragraphs_of(version, "en")[-1]
    assert paragraph.sha256 == hashlib.sha256(paragraph.text.encode()).hexdigest()


def test_a_preview_is_thrown_away_with_its_files_and_replaced_by_nobody(officer, draft, django_capture_on_commit_callbacks,  # noqa: E501
                                                            tmp_path):
    version = make_preview(["The reading that came first."], by=officer, draft=draft)
    with pytest.raises(PreviewThere):
        make_preview(["The reading of somebody slower."], by=officer, draft=draft)
    assert [p.text for p in queries.paragraphs_of(version, "en")] == ["The reading that came first."]
    assert len(list((tmp_path / "texts").iterdir())) == 1
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard_preview(version=version, by=officer, at=NOW)
    assert not Version.objects.exists()
    assert not list((tmp_path / "texts").iterdir())


def test_published_text_is_not_taken_away(officer, draft):
    version = make_preview(by=officer, draft=draft)
    actions.publish_version(version=version, distribution="members", by=officer, at=NOW)
    with pytest.raises(AlreadyPublished):
        actions.discard_preview(version=version, by=officer, at=NOW)
    with pytest.raises(AlreadyPublished):
        actions.publish_version(version=version, distribution="public", official_url="https://example.org", by=officer,
                                at=NOW)
    with pytest.raises(NameTaken):
        make_preview(by=officer, draft=draft)


def test_publishing_announces_once(officer, draft):
    version = make_preview(by=officer, draft=draft)
    actions.publish_version(version=version, distribution="members", by=officer, at=NOW)
    assert Event.objects.get(name=VERSION_PUBLISHED).ids == {"version": version.pk}


def test_public_needs_an_address_or_a_word(officer, draft):
    version = make_preview(by=officer, draft=draft)
    for because in ("", "   "):
        with pytest.raises(NotShownPublic):
            actions.publish_version(version=version, distribution="public", public_because=because, by=officer, at=NOW)
    with pytest.raises(NobodyNamed):
        actions.publish_version(version=version, distribution="named", by=officer, at=NOW)
    published = actions.publish_version(version=version, distribution="public", by=officer, at=NOW,
                                        public_because="The chair read it out in open plenary.")
    assert published.public_because


def test_strangers_import_and_publish_nothing(officer, draft):
    version = make_preview(by=officer, draft=draft)
    for stranger in (make_officer(), make_delegate()):
        with pytest.raises(NotYourProcess):
            make_preview(by=stranger, draft=draft, slug="other")
        with pytest.raises(NotYourProcess):
            actions.publish_version(version=version, distribution="members", by=stranger, at=NOW)
        with pytest.raises(NotYourProcess):
            actions.discard_preview(version=version, by=stranger, at=NOW)
        with pytest.raises(NotYourProcess):
            actions.make_draft(process=draft.process, slug="x", name="x", by=stranger, at=NOW)


def test_a_document_without_paragraphs_is_refused(officer, draft):
    empty = Document("", "", "en", Source("0" * 64, "text/plain"), ())
    with pytest.raises(NothingRead):
        make_preview(by=officer, draft=draft, document=empty)
    assert not Version.objects.exists()


def test_second_language_joins_the_same_passages(officer, draft):
    version = make_preview(by=officer, draft=draft)
    french = ("1. Nous décidons d’associer les collectivités territoriales.\n\n2. Nous nous engageons pour les "
              "écoles.\n\n3. Un paragraphe de plus, que seul le français connaît.")
    rendition = actions.add_rendition(version=version, document=make_document(french), file_name="texte.txt",
                                      file=french.encode(), language="fr", status="unofficial", by=officer, at=NOW)
    english, both = queries.paragraphs_of(version, "en"), queries.paragraphs_of(version, "fr")
    assert [p.passage.uid for p in both[:2]] == [p.passage.uid for p in english]
    assert both[2].text.startswith("Un paragraphe de plus")
    assert [(w["code"], w["message"]) for w in rendition.warnings if w["code"].startswith("only")] == [
        ("only_here", "3")]
    assert rendition.n_naming == 1
    assert queries.languages_of(Version.objects.get(pk=version.pk)) == ["en", "fr"]


def test_a_paragraph_whose_number_is_another_stands_beside_what_it_means(officer, draft):
    english = make_document("1. We meet.\n\n2. Every school shall be connected to the Internet.\n\n"
                            "3. Old bridges across rivers shall be repaired without delay, everywhere.\n")
    version = make_preview(by=officer, draft=draft, document=english)
    # Its length would put it beside the schools.
    french = "1. Nous nous réunissons.\n\n9. Les vieux ponts doivent être réparés.\n"
    rendition = actions.add_rendition(version=version, document=make_document(french), file_name="a.txt",
                                      file=french.encode(), language="fr", status="unofficial", by=officer, at=NOW)
    assert [p.passage.path for p in queries.paragraphs_of(version, "fr")] == ["1", "3"]
    assert [w["values"] for w in rendition.warnings if w["code"] == "joined"] == [["9", "3"]]


def test_second_language_is_replaced_in_a_preview_and_stands_once_published(officer, draft):
    version = make_preview(by=officer, draft=draft)
    add = {"version": version, "file_name": "a.txt", "language": "fr", "status": "machine", "by": officer, "at": NOW}
    longer, shorter = "1. Un.\n\n2. Deux.\n\n3. Trois de plus.", "1. Un.\n\n2. Deux."
    actions.add_rendition(document=make_document(longer), file=longer.encode(), **add)
    actions.add_rendition(document=make_document(shorter), file=shorter.encode(), **add)
    assert Passage.objects.filter(version=version).count() == 2
    actions.publish_version(version=version, distribution="members", by=officer, at=NOW)
    with pytest.raises(LanguageTaken):
        actions.add_rendition(document=make_document(shorter), file=shorter.encode(), **add)


def test_the_gate():
    """Who sees what, for every distribution."""
    hub = make_organisation()
    draft = make_draft(make_process(hub))
    officer, other_officer, member, reader = make_officer(hub), make_officer(), make_delegate(), make_user()
    named_delegate = make_delegate()
    public, members, named = (
        make_version([f"A text for {d}."], draft=draft, distribution=d) for d in ("public", "members", "named"))
    preview = make_version(["A text for nobody yet."], draft=draft, state="preview")
    named.readers.add(reader, named_delegate.user_id)
    sees = {
        "anyone": (Viewer(), {public}),
        "signed in": (viewer_for(make_user()), {public}),
        "named": (viewer_for(reader), {public, named}),
        "member": (member, {public, members}),
        "named member": (named_delegate, {public, members, named}),
        "officer elsewhere": (other_officer, {public, members}),
        "officer": (officer, {public, members, named}),
    }
    for who, (viewer, expected) in sees.items():
        found = list(queries.visible_versions(viewer))
        assert set(found) == expected, who
        assert len(found) == len(expected), f"{who} sees a version twice"
        assert preview not in found


def test_latest_is_the_latest_one_may_see():
    draft = make_draft()
    zero = make_version(draft=draft)
    make_version(draft=draft, distribution="members")
    assert queries.version_for(Viewer(), draft.process.slug, draft.slug) == zero
    assert list(queries.latest_versions(Viewer())) == [zero]
    assert list(queries.drafts_for(Viewer())) == [draft]
    hidden = make_version(draft=make_draft(), distribution="members").draft
    assert hidden not in queries.drafts_for(Viewer())
    assert hidden in queries.drafts_for(make_delegate())


def test_long_ids_stay_unique(officer, draft):
    long = "1." + ".".join(["a"] * 40)
    document = make_document()
    from dataclasses import replace
    changed = replace(document, paragraphs=tuple(
        replace(p, id=f"{long}{n}") for n, p in enumerate(document.paragraphs)))
    version = make_preview(by=officer, draft=draft, document=changed)
    paths = [p.passage.path for p in queries.paragraphs_of(version, "en")]
    assert len(set(paths)) == 2
    assert all(len(path) <= 60 for path in paths)


def test_dates_and_symbols_come_along(officer, draft):
    version = make_preview(by=officer, draft=draft, symbol="MC/2027/L.7", dated_on=date(2027, 5, 14))
    assert (version.symbol, version.dated_on) == ("MC/2027/L.7", date(2027, 5, 14))
