"""The import workbench: acts on a preview, undoing and redoing, two officers, two languages."""

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
)

from tribune.watch import actions, queries
from tribune.watch.models import Edit, Passage
from tribune.watch.refusals import ActRefused, AlreadyPublished, ChangedMeanwhile, NothingRead, NotYourProcess

pytestmark = pytest.mark.django_db

TEXT = """I. Services

1. We resolve to involve local authorities, by:

(a) publishing what each service decides;

(b) keeping a counter open in all cities and towns;

2. We commit to schools in

2015. They shall last. 4. We close with municipal governments.

LC/1 page 2
"""


@pytest.fixture
def officer():
    return make_officer(make_organisation())


@pytest.fixture
def version(officer):
    draft = make_draft(make_process(organisation_id=min(officer.officer_of)))
    return make_preview(by=officer, draft=draft, document=make_document(TEXT), file=TEXT.encode())


def do(version, officer, act, key, language="en", **data):
    rendition = version.renditions.get(language=language)
    revision = rendition.reading.revision if hasattr(rendition, "reading") else 0
    return actions.edit_reading(rendition=rendition, act=act, key=key, data=data, revision=revision, by=officer, at=NOW)


def paths(version, language="en"):
    return [one.passage.path for one in queries.paragraphs_of(version, language)]


def text_at(version, path, language="en"):
    return next(one for one in queries.paragraphs_of(version, language) if one.passage.path == path)


def stray(version):
    return next(one.passage.path for one in queries.paragraphs_of(version, "en") if "They shall last" in one.text)


def test_split_and_merge_make_the_text_what_it_is(version, officer):
    key = stray(version)
    place = text_at(version, key).text.index("4. We close")
    do(version, officer, "split", key, at=[place])
    do(version, officer, "merge", key)
    assert text_at(version, "2").text == "We commit to schools in 2015. They shall last."
    made = text_at(version, "4")
    assert made.text == "We close with municipal governments."
    assert made.number == "4"
    assert made.n_explicit == 1, "mentions are looked for in words that changed"
    rendition = version.renditions.get()
    assert [one["values"] for one in rendition.warnings if one["code"] == "gap"] == [["4", "2"]]
    do(version, officer, "number", f"{key}+1.1", number="3")
    assert not [one for one in version.renditions.get().warnings if one["code"] == "gap"]


def test_a_paragraph_keeps_its_uid_whatever_number_it_gets(version, officer):
    uids = dict(version.passages.values_list("path", "uid"))
    do(version, officer, "number", "1", number="2")
    now = dict(version.passages.values_list("path", "uid"))
    assert now["2"] == uids["1"]
    assert now["2.a"] == uids["1.a"]
    assert now["2~2"] == uids["2"]


def test_undo_and_redo_without_limit(version, officer):
    states = [[(p.passage.path, p.text) for p in queries.paragraphs_of(version, "en")]]
    uids = dict(version.passages.values_list("path", "uid"))
    key = stray(version)
    for act, at, data in (("merge", key, {}), ("number", "2", {"number": "7"}), ("drop", "1.b", {}),
                          ("kind", "1.a", {"kind": "heading"})):
        do(version, officer, act, at, **data)
        states.append([(p.passage.path, p.text) for p in queries.paragraphs_of(version, "en")])

    def shown():
        return [(p.passage.path, p.text) for p in queries.paragraphs_of(version, "en")]

    def turn(action):
        rendition = version.renditions.get()
        return action(rendition=rendition, revision=rendition.reading.revision, by=officer, at=NOW)

    for state in reversed(states[:-1]):
        assert turn(actions.undo_edit) is not None
        assert shown() == state
    assert turn(actions.undo_edit) is None
    assert dict(version.passages.values_list("path", "uid"))["2"] == uids["2"]
    for state in states[1:]:
        turn(actions.redo_edit)
        assert shown() == state
    assert turn(actions.redo_edit) is None


def test_a_new_act_after_undoing_keeps_the_log(version, officer):
    do(version, officer, "drop", "1.b")
    rendition = version.renditions.get()
    actions.undo_edit(rendition=rendition, revision=1, by=officer, at=NOW)
    do(version, officer, "drop", "1.a")
    assert list(Edit.objects.values_list("act", "state")) == [("drop", "abandoned"), ("drop", "done")]


def test_who_saw_an_older_text_is_told(version, officer):
    do(version, officer, "drop", "1.b")
    colleague = make_officer(version.draft.process.organisation)
    with pytest.raises(ChangedMeanwhile):
        actions.edit_reading(rendition=version.renditions.get(), act="drop", key="1.a", revision=0, by=colleague, at=NOW)  # noqa: E501
    assert "1.a" in paths(version)


def test_what_cannot_be_done_changes_nothing(version, officer):
    with pytest.raises(ActRefused) as refused:
        do(version, officer, "number", "2", number="many")
    assert refused.value.code == "number"
    assert "12(c)" in str(refused.value)
    for path in paths(version)[:-1]:
        do(version, officer, "drop", path)
    with pytest.raises(NothingRead):
        do(version, officer, "drop", paths(version)[0])
    assert len(paths(version)) == 1


def test_only_officers_and_only_previews(version, officer):
    rendition = version.renditions.get()
    for stranger in (make_officer(), make_delegate()):
        with pytest.raises(NotYourProcess):
            actions.edit_reading(rendition=rendition, act="drop", key="1", revision=0, by=stranger, at=NOW)
    actions.publish_version(version=version, distribution="members", by=officer, at=NOW)
    with pytest.raises(AlreadyPublished):
        actions.edit_reading(rendition=rendition, act="drop", key="1", revision=0, by=officer, at=NOW)


def test_a_second_language_joins_and_leaves_places(officer):
    version = make_preview(["We resolve to involve local authorities.", "We commit to build schools."], by=officer)
    french = make_document("1. Nous associons les autorités locales.\n\n3. Nous construisons des écoles.\n")
    actions.add_rendition(version=version, document=french, file=b"fr", file_name="fr.txt", language="fr",
                          status="unofficial", by=officer, at=NOW)
    before = version.passages.get(path="2").uid
    # Its place and length put French 3 beside English 2, and a warning says so.
    assert text_at(version, "2", "fr").passage.uid == before
    assert text_at(version, "2", "fr").number == "3"
    rendition = version.renditions.get(language="fr")
    assert [one["values"] for one in rendition.warnings if one["code"] == "joined"] == [["3", "2"]]
    do(version, officer, "number", "2", language="fr", number="7")
    assert text_at(version, "7", "fr").passage.uid != before
    assert text_at(version, "2").passage.uid == before
    actions.undo_edit(rendition=rendition, revision=1, by=officer, at=NOW)
    assert text_at(version, "2", "fr").passage.uid == before
    assert not version.passages.filter(path="7").exists()
    assert Passage.objects.filter(uid=before).exists()
    # The English words move away from a place that the French ones keep.
    do(version, officer, "number", "1", number="9")
    assert text_at(version, "1", "fr").text.startswith("Nous associons")
    assert text_at(version, "9").text.startswith("We resolve")


def test_a_large_text_is_changed_with_few_queries(officer, django_assert_max_num_queries):
    text = "\n\n".join(f"{n}. We resolve to do the thing of number {n} in all towns." for n in range(1, 401))
    version = make_preview(by=officer, document=make_document(text), file=text.encode())
    with django_assert_max_num_queries(40):
        do(version, officer, "number", "5", number="6", following=True)
    assert paths(version)[4] == "6"
    assert paths(version)[-1] == "401"
