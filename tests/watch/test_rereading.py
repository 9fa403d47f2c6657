"""A corrected file of the same version: places keep their uids, words and files stay, nothing is re-anchored silently."""  # noqa: E501

import re

import pytest
from django.urls import reverse
from tests.factories import NOW, make_delegate, make_document, make_draft, make_officer, make_preview, make_process

from tribune.common.models import Event
from tribune.common.outbox import deliver_until_quiet
from tribune.engine.mentions import annotate
from tribune.engine.text import read
from tribune.watch import actions, queries
from tribune.watch.events import VERSION_ALIGNED, VERSION_REREAD
from tribune.watch.models import Alignment, Passage
from tribune.watch.refusals import ChangedMeanwhile, NotYourProcess, SameFile

pytestmark = pytest.mark.django_db

FIRST = """1. We resolve to involve local authorities in the design of public services, wherever they are planned.

2. We commit to connecting every school and library by the year 2032, whatever their size.

3. We encourage the exchange of pupils between towns that are twinned with each other.

4. We recognise the role of museums.
"""
# 2 is new, 3 keeps its words under another number, 4 was reworded, the museums are gone.
SECOND = """1. We resolve to involve local authorities in the design of public services, wherever they are planned.

2. A fund of forty million is set up for bridges, roads and harbours in the islands.

3. We commit to connecting every school and library by the year 2032, whatever their size.

4. We strongly encourage the exchange of pupils between towns that are twinned with each other.
"""


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def version(officer):
    draft = make_draft(make_process(organisation_id=min(officer.officer_of)))
    made = make_preview(by=officer, draft=draft, document=read_text(FIRST), file=FIRST.encode())
    return actions.publish_version(version=made, distribution="public", public_because="Read out.", by=officer, at=NOW)


def read_text(text):
    return annotate(read(text.encode(), name="t.txt"))


def reread(version, officer, text=SECOND, seen=None, language="en"):
    rendition = version.renditions.get(language=language)
    return actions.reread_rendition(
        rendition=rendition, document=read_text(text), file_name="corrected.txt", file=text.encode(),
        seen=seen or rendition.sha256, by=officer, at=NOW)


def uids(version):
    return dict(version.passages.values_list("path", "uid"))


def test_places_keep_their_uids_whatever_their_numbers(version, officer):
    before = uids(version)
    plan = reread(version, officer)
    now = uids(version)
    assert (now["1"], now["3"], now["4"]) == (before["1"], before["2"], before["3"])
    assert now["2"] not in before.values()
    assert [(one["was"], one["now"], one["moved"], one["edited"]) for one in plan["changed"]] == [
        ("2", "3", True, False), ("3", "4", True, True)]
    assert [one["was"] for one in plan["retired"]] == ["4"]
    assert [one["now"] for one in plan["new"]] == ["2"]
    gone = Passage.objects.get(uid=before["4"])
    assert gone.retired_at == NOW
    assert gone.became is None
    assert [(one.text, one.number) for one in queries.earlier_words(gone)] == [
        ("We recognise the role of museums.", "4")]


def test_the_plan_is_what_happens_and_writes_nothing(version, officer):
    before = uids(version)
    plan = actions.plan_rereading(version.renditions.get(), read_text(SECOND))
    assert uids(version) == before
    assert reread(version, officer) == plan


def test_the_file_before_stays_with_its_words(version, officer, client):
    rendition = version.renditions.get()
    first = rendition.sha256
    reread(version, officer)
    rendition.refresh_from_db()
    [earlier] = queries.earlier_readings(rendition)
    assert (earlier.sha256, earlier.file.read().decode()) == (first, FIRST)
    assert rendition.file.read().decode() == SECOND
    assert rendition.n_paragraphs == 4
    address = reverse("watch:earlier_file", args=[version.draft.process.slug, version.draft.slug, version.slug, "en",
                                                  earlier.pk])
    assert b"".join(client.get(address).streaming_content).decode() == FIRST


def test_permalinks_show_old_words_and_what_they_became(version, officer, client):
    before = uids(version)
    reread(version, officer)
    page = client.get(f"/para/{before['4']}", follow=True)
    assert page.status_code == 200
    assert "no longer in the text" in page.content.decode()
    assert "the role of museums" in page.content.decode()
    page = client.get(f"/para/{before['3']}", follow=True).content.decode()
    assert "Words before a corrected file" in page
    assert re.search(r"<ins[^>]*>[^<]*strongly", page)


def test_what_was_merged_leads_to_its_heir(version, officer, client):
    before = uids(version)
    merged = FIRST.replace("\n\n4. We recognise the role of museums.", " We recognise the role of museums.")
    reread(version, officer, merged)
    gone = Passage.objects.get(uid=before["4"])
    assert gone.became is not None
    assert gone.became.uid == before["3"]
    assert f"/para/{before['3']}" in client.get(f"/para/{before['4']}", follow=True).content.decode()


def test_comparisons_are_made_anew_and_are_no_news(version, officer):
    later = make_preview(by=officer, draft=version.draft, slug="rev1", document=read_text(SECOND), file=SECOND.encode())
    actions.publish_version(version=later, distribution="public", public_because="Read out.", by=officer, at=NOW)
    deliver_until_quiet(at=NOW)
    assert Event.objects.filter(name=VERSION_ALIGNED).count() == 1
    assert Alignment.objects.get().summary["dropped"] == 1
    reread(version, officer, SECOND + "\n5. We thank the host.\n")
    assert Event.objects.filter(name=VERSION_REREAD).count() == 1
    deliver_until_quiet(at=NOW)
    fresh = Alignment.objects.get()
    assert (fresh.summary["kept"], fresh.summary["dropped"]) == (4, 1)
    assert fresh.announced_at is not None
    assert Event.objects.filter(name=VERSION_ALIGNED).count() == 1


def test_other_languages_stay_where_they_are(version, officer):
    french = "1. Nous associons.\n\n2. Nous relions les écoles.\n\n3. Nous échangeons.\n\n4. Nous aimons les musées.\n"
    actions.add_rendition(version=version, document=make_document(french), file=french.encode(), file_name="fr.txt",
                          language="fr", status="unofficial", by=officer, at=NOW)
    before = uids(version)
    reread(version, officer)
    texts = {one.passage.uid: one.text for one in queries.paragraphs_of(version, "fr")}
    assert texts[before["2"]] == "Nous relions les écoles."
    assert texts[before["4"]] == "Nous aimons les musées."
    place = Passage.objects.get(uid=before["4"])
    assert place.retired_at is None, "it still stands in French"
    english = {one.passage.uid: one.text for one in queries.paragraphs_of(version, "en")}
    assert english[before["2"]].startswith("We commit to connecting")
    assert before["4"] not in english


def test_who_may_and_when(version, officer):
    for stranger in (make_officer(), make_delegate()):
        with pytest.raises(NotYourProcess):
            reread(version, stranger)
    with pytest.raises(ChangedMeanwhile):
        reread(version, officer, seen="0" * 64)
    with pytest.raises(SameFile):
        reread(version, officer, FIRST)


def test_twice_corrected_and_back_again(version, officer):
    before = uids(version)
    reread(version, officer)
    reread(version, officer, FIRST)
    now = uids(version)
    assert [now[path] for path in "123"] == [before[path] for path in "123"]
    assert len(queries.earlier_readings(version.renditions.get())) == 2
    assert Passage.objects.filter(uid__in=before.values()).count() == 4, "no uid is ever lost"


@pytest.mark.real
def test_a_real_resolution_read_from_its_draft_keeps_its_places(officer, real_data):
    """A/80/L.41 and the resolution it became hold the same 127 numbered paragraphs."""
    folder = real_data / "un" / "resolutions"
    draft_file, adopted = ((folder / f"{name}.pdf").read_bytes() for name in ("A_80_L.41", "A_RES_80_173"))
    made = make_preview(by=officer, document=annotate(read(draft_file, name="a.pdf")), file=draft_file)
    before = uids(made)
    plan = actions.reread_rendition(
        rendition=made.renditions.get(), document=annotate(read(adopted, name="b.pdf")), file_name="b.pdf",
        file=adopted, seen=made.renditions.get().sha256, by=officer, at=NOW)
    now = uids(made)
    assert [now[str(n)] for n in range(1, 128)] == [before[str(n)] for n in range(1, 128)]
    assert len(plan["retired"]) < 12
