"""Versions that follow each other: compared once, however often the news comes."""

import pytest
from tests.factories import NOW, make_draft, make_officer, make_organisation, make_preview, make_process, make_version

from tribune.common.models import Delivery, Event
from tribune.common.outbox import deliver_until_quiet
from tribune.people.rules import Viewer
from tribune.watch import actions, queries
from tribune.watch.events import VERSION_ALIGNED, VERSION_PUBLISHED
from tribune.watch.models import AlignedPair, Alignment, Passage, Succession
from tribune.watch.refusals import NoCommonLanguage, NotYourProcess

pytestmark = pytest.mark.django_db

OLD = ["We resolve to design public services with the people who use them.",
       "National programmes shall be prepared with municipal authorities in every country.",
       "Follow-up is carried out in consultation with regional governments every year."]
NEW = ["We resolve to design public services with the people who use them.",
       "We commit to connecting every school and every library to the internet by 2032.",
       "National programmes may be prepared with municipal authorities in every country, as appropriate."]


@pytest.fixture
def officer():
    return make_officer(make_organisation())


def _publish(officer, draft, texts, slug, distribution="public"):
    version = make_preview(texts, by=officer, draft=draft, slug=slug)
    return actions.publish_version(version=version, distribution=distribution, by=officer, at=NOW,
                                   public_because="Read out in plenary.")


def test_publishing_aligns_with_the_version_before(officer):
    draft = make_draft(make_process(organisation_id=min(officer.officer_of)))
    old = _publish(officer, draft, OLD, "zero")
    new = _publish(officer, draft, NEW, "rev1")
    deliver_until_quiet(at=NOW)
    alignment = Alignment.objects.get(old=old, new=new)
    assert Event.objects.get(name=VERSION_ALIGNED).ids == {"alignment": alignment.pk, "old": old.pk, "new": new.pk}
    verdicts = {tuple(pair.old_paths): (pair.verdict, pair.new_paths) for pair in queries.pairs_of(alignment)}
    assert verdicts[("1",)] == ("kept", ["1"])
    assert verdicts[("2",)][1] == ["3"]
    assert verdicts[("3",)][0] == "dropped"
    weakened = AlignedPair.objects.get(alignment=alignment, old_paths=["2"])
    assert "weakened" in weakened.mentions
    old_text = "".join(text for sign, text in weakened.redline if sign in "=-")
    assert old_text == OLD[1]


def test_redelivery_aligns_once(officer):
    draft = make_draft(make_process(organisation_id=min(officer.officer_of)))
    _publish(officer, draft, OLD, "zero")
    _publish(officer, draft, NEW, "rev1")
    deliver_until_quiet(at=NOW)
    before = (Alignment.objects.count(), AlignedPair.objects.count(), Succession.objects.count(),
              Event.objects.filter(name=VERSION_ALIGNED).count())
    n = Delivery.objects.filter(event__name=VERSION_PUBLISHED).update(state=Delivery.WAITING)
    assert n >= 2
    deliver_until_quiet(at=NOW)
    assert before == (Alignment.objects.count(), AlignedPair.objects.count(), Succession.objects.count(),
                      Event.objects.filter(name=VERSION_ALIGNED).count())
    assert before[0] == before[3] == 1


def test_a_comparison_that_a_reader_made_first_is_still_announced():
    draft = make_draft()
    old, new = make_version(OLD, draft=draft), make_version(NEW, draft=draft)
    first = actions.compare_versions(old=old, new=new, at=NOW)
    assert not Event.objects.exists()
    assert actions.align_versions(old=old, new=new, at=NOW) == first
    assert actions.align_versions(old=old, new=new, at=NOW) == first
    assert Event.objects.filter(name=VERSION_ALIGNED).count() == 1


def test_version_published_late_is_aligned_on_both_sides(officer):
    draft = make_draft(make_process(organisation_id=min(officer.officer_of)))
    zero = _publish(officer, draft, OLD, "zero")
    late = make_preview(OLD[:2], by=officer, draft=draft, slug="rev1")
    last = _publish(officer, draft, NEW, "rev2")
    deliver_until_quiet(at=NOW)
    actions.publish_version(version=late, distribution="members", by=officer, at=NOW)
    deliver_until_quiet(at=NOW)
    assert set(Alignment.objects.values_list("old", "new")) == {
        (zero.pk, last.pk), (zero.pk, late.pk), (late.pk, last.pk)}


def test_versions_without_a_common_language_do_not_stop_the_worker(officer):
    draft = make_draft(make_process(organisation_id=min(officer.officer_of)))
    _publish(officer, draft, OLD, "zero")
    preview = make_preview(["Un texte français de quelques mots."], by=officer, draft=draft, slug="rev1",
                           language="fr")
    new = actions.publish_version(version=preview, distribution="members", by=officer, at=NOW)
    deliver_until_quiet(at=NOW)
    assert not Alignment.objects.exists()
    assert not Delivery.objects.exclude(state=Delivery.DONE).filter(reaction__contains="watch").exists()
    with pytest.raises(NoCommonLanguage):
        actions.align_versions(old=draft.versions.get(slug="zero"), new=new, at=NOW)


def test_successors_follow_what_the_viewer_may_see(officer):
    draft = make_draft(make_process(organisation_id=min(officer.officer_of)))
    zero = _publish(officer, draft, OLD, "zero")
    _publish(officer, draft, OLD, "rev1", "members")
    last = _publish(officer, draft, NEW, "rev2")
    deliver_until_quiet(at=NOW)
    passage = Passage.objects.get(version=zero, path="2")
    by_officer = [(one.version.slug, one.passage.path) for one in queries.successors_of(passage, officer)]
    assert by_officer == [("rev1", "2"), ("rev2", "3")]
    # The way for the public does not lead through the version for members.
    by_public = [(one.version.slug, one.passage.path) for one in queries.successors_of(passage, Viewer())]
    assert by_public == [("rev2", "3")]
    back = queries.predecessors_of(Passage.objects.get(version=last, path="3"), Viewer())
    assert [(one.version.slug, one.passage.path) for one in back] == [("zero", "2")]
    assert queries.successors_of(Passage.objects.get(version=zero, path="3"), officer)[-1].version.slug == "rev1"


def test_alignment_with_a_hidden_version_is_hidden():
    draft = make_draft()
    old, new = make_version(OLD, draft=draft, distribution="members"), make_version(NEW, draft=draft)
    actions.align_versions(old=old, new=new, at=NOW)
    assert queries.alignment_for(Viewer(), old, new) is None
    assert queries.alignment_for(make_officer(draft.process.organisation), old, new)


def test_an_officer_checks(officer):
    draft = make_draft(make_process(organisation_id=min(officer.officer_of)))
    alignment = actions.align_versions(old=make_version(OLD, draft=draft), new=make_version(NEW, draft=draft), at=NOW)
    with pytest.raises(NotYourProcess):
        actions.check_alignment(alignment=alignment, by=make_officer(), at=NOW)
    checked = actions.check_alignment(alignment=alignment, by=officer, at=NOW)
    assert (checked.checked_by_id, checked.checked_at) == (officer.user_id, NOW)
