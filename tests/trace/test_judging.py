from datetime import timedelta

from django.db import transaction
from tests.factories import NOW, make_ask, make_verdict, make_version
from tests.trace.conftest import REVISED, ZERO

from tribune.common.models import Event
from tribune.common.outbox import announce, deliver_until_quiet
from tribune.people.rules import Viewer
from tribune.submit.events import SUBMISSION_SENT
from tribune.submit.models import Section, Sentence, Submission
from tribune.trace import actions, queries
from tribune.trace.choices import VerdictState
from tribune.trace.jobs import judge_what_is_new
from tribune.trace.models import Verdict
from tribune.watch.events import VERSION_PUBLISHED


def _publish(version):
    with transaction.atomic():
        announce(VERSION_PUBLISHED, at=NOW, version=version.pk)
    deliver_until_quiet(at=NOW)


def test_a_new_version_is_held_against_each_ask_with_its_evidence(story):
    version = make_version(REVISED, draft=story.draft)
    _publish(version)
    verdict = Verdict.objects.get()
    assert (verdict.ask, verdict.version, verdict.state) == (story.ask, version, VerdictState.PROPOSED)
    assert verdict.proposed == "verbatim"
    assert not verdict.already_there
    best = verdict.evidence[0]
    assert best["passage"] == version.passages.get(path="1").uid
    (start, end), *_ = best["spans"]
    assert "local authorities" in REVISED[0][start:end] or len(best["spans"]) > 1


def test_words_that_stood_there_before_are_told_apart(story):
    ask = make_ask(story.process, passage=story.zero.passages.get(path="2"), new="We commit to schools")
    actions.judge_version(version=make_version(REVISED, draft=story.draft), at=NOW)
    assert Verdict.objects.get(ask=ask).already_there


def test_delivered_twice_nothing_is_doubled_and_no_signature_touched(story):
    version = make_version(REVISED, draft=story.draft)
    _publish(version)
    verdict = Verdict.objects.get()
    actions.sign_verdict(verdict=verdict, signed="partly", paragraph="1", reason="Only half.", by=story.officer, at=NOW)
    _publish(version)
    verdict.refresh_from_db()
    assert Verdict.objects.count() == 1
    assert (verdict.signed, verdict.proposed, verdict.reason) == ("partly", "verbatim", "Only half.")
    assert actions.judge_version(version=version, at=NOW) == 0


def test_the_version_an_ask_was_made_on_and_earlier_ones_are_not_judged(story):
    assert actions.judge_version(version=story.zero, at=NOW) == 0
    without_place = make_ask(story.process, passage=None, at=NOW + timedelta(hours=1))
    actions.judge_version(version=make_version(REVISED, draft=story.draft), at=NOW)
    assert not Verdict.objects.filter(ask=without_place).exists()


def test_what_was_there_and_is_gone_is_removed_also_when_a_person_said_it_was_there(story):
    first, second = (make_version(texts, draft=story.draft) for texts in (ZERO, ZERO))
    verdict = make_verdict(story.ask, first, "none", signed="substance")
    deliver_until_quiet(at=NOW)
    assert Verdict.objects.get(version=second).proposed == "removed"
    actions.sign_verdict(verdict=verdict, signed="none", reason="Read again.", by=story.officer, at=NOW)
    deliver_until_quiet(at=NOW)
    assert Verdict.objects.get(version=second).proposed == "none"


def test_a_public_version_does_not_say_removed_because_a_members_version_had_it(story):
    inner = make_version(REVISED, draft=story.draft, distribution="members")
    actions.judge_version(version=inner, at=NOW)
    assert Verdict.objects.get(version=inner).proposed == "verbatim"
    outer = make_version(ZERO, draft=story.draft)
    actions.judge_version(version=outer, at=NOW)
    assert Verdict.objects.get(version=outer).proposed == "none"


def test_a_draft_that_came_late_changes_the_proposals_after_it(story):
    last = make_version(ZERO, draft=story.draft, order=9, slug="last")
    actions.judge_version(version=last, at=NOW)
    assert Verdict.objects.get(version=last).proposed == "none"
    late = make_version(REVISED, draft=story.draft, order=5, slug="late")
    _publish(late)
    assert Verdict.objects.get(version=last).proposed == "removed"


def test_asks_shown_later_are_judged_by_the_timetable_and_hidden_ones_never(story):
    version = make_version(REVISED, draft=story.draft)
    hidden = make_ask(story.process, passage=story.zero.passages.get(path="1"), is_public=False)
    judge_what_is_new(NOW)
    assert set(Verdict.objects.values_list("ask", "version")) == {(story.ask.pk, version.pk)}
    hidden.is_public = True
    hidden.save()
    judge_what_is_new(NOW)
    judge_what_is_new(NOW)
    assert Verdict.objects.filter(ask=hidden).count() == 1


def test_asks_are_compared_in_their_language_or_not_at_all(story):
    french = make_ask(story.process, passage=story.zero.passages.get(path="1"), language="fr",
                      new="avec les collectivités locales")
    told = make_ask(story.process, passage=story.zero.passages.get(path="1"), language="fr",
                    new="avec les collectivités locales", texts={"en": "together with local authorities"})
    actions.judge_version(version=make_version(REVISED, draft=story.draft), at=NOW)
    silent = Verdict.objects.get(ask=french)
    assert (silent.confidence, silent.reasons[0]["code"]) == (0, "no_common_language")
    assert Verdict.objects.get(ask=told).evidence


def test_previews_are_not_judged(story):
    assert actions.judge_version(version=make_version(REVISED, draft=story.draft, state="preview"), at=NOW) == 0


def test_many_asks_are_compared_a_few_at_a_time_and_none_is_left_out(story):
    for _ in range(22):
        make_ask(story.process, passage=story.zero.passages.get(path="1"))
    version = make_version(REVISED, draft=story.draft)
    _publish(version)
    assert Verdict.objects.filter(version=version).count() == 23
    assert Event.objects.filter(name="version_to_judge").count() == 3


def test_a_submission_that_was_sent_is_judged_on_what_came_before(story):
    version = make_version(REVISED, draft=story.draft)
    submission = Submission.objects.create(slug="joint", name="Joint", organisation=story.process.organisation,
                                           process=story.process, state="sent", made_at=NOW)
    section = Section.objects.create(submission=submission, order=1, title="One")
    Sentence.objects.create(section=section, order=1, text="We ask.", ask=story.ask)
    for _ in range(2):
        with transaction.atomic():
            announce(SUBMISSION_SENT, at=NOW, submission=submission.pk)
        deliver_until_quiet(at=NOW)
    assert list(Verdict.objects.values_list("ask", "version")) == [(story.ask.pk, version.pk)]
    assert queries.handed_over(Viewer(), [story.ask]) == {story.ask.pk}
    assert list(queries.listed_asks(Viewer(), show="handed")) == [story.ask]
