from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories import NOW, make_call, make_delegate, make_officer, make_position, user_of

from tribune.common.models import Mail
from tribune.listen.actions import withdraw_contribution
from tribune.submit import actions, jobs, presence, queries
from tribune.submit.models import Answered, Endorsement, Revision, Sentence, Submission
from tribune.submit.refusals import NotSigning, SentenceGone, SignedAnew, StillProposed, TooLong

from .test_submissions import ANSWER, BACKEND, _code, _open, _signed

pytestmark = pytest.mark.django_db


def _change(sentence, text, officer, edition=1):
    return actions.change_sentence(sentence=sentence, text=text, edition=edition, by=officer, at=NOW)


def test_changes_of_two_officers_to_other_words_are_both_kept(submission, sentence, officer, hub):
    _change(sentence, "Two cities ask that counters stay open.", officer)
    kept = _change(sentence, "Three cities ask that counters stay open everywhere.", make_officer(hub))
    assert kept.text == "Two cities ask that counters stay open everywhere."
    assert [row.deed for row in queries.history_of(submission)] == ["merged", "changed", "added"]


def test_sentence_removed_meanwhile_is_said_so_and_comes_back_with_its_sources(submission, sentence, officer):
    actions.remove_sentence(sentence=sentence, by=officer, at=NOW)
    with pytest.raises(SentenceGone):
        _change(sentence, "x", officer)
    back = actions.undo(submission=submission, public_id=sentence.public_id, by=officer, at=NOW)
    assert (back.text, back.sources.count(), back.ask) == (sentence.text, 3, sentence.ask)
    assert not back.is_proposal


def test_undo_goes_back_and_forth(submission, sentence, officer):
    _change(sentence, "Other words.", officer)
    assert actions.undo(submission=submission, public_id=sentence.public_id, by=officer, at=NOW).text == sentence.text
    assert actions.undo(submission=submission, public_id=sentence.public_id, by=officer, at=NOW).text == "Other words."


def test_undo_brings_no_words_back_that_were_taken_back(submission, sentence, officer, contributions):
    actions.remove_sentence(sentence=sentence, by=officer, at=NOW)
    first = contributions[0]
    withdraw_contribution(contribution=first, by=make_delegate(first.city), at=NOW)
    assert actions.undo(submission=submission, public_id=sentence.public_id, by=officer, at=NOW).sources.count() == 2
    assert first.why not in str(Revision.objects.values_list("kept", flat=True))


def test_undo_of_what_somebody_else_did_since_is_refused(client, submission, sentence, officer):
    seen = Revision.objects.get()
    _change(sentence, "Other words.", officer)
    client.force_login(user_of(officer), backend=BACKEND)
    client.post(reverse("submit:undo", args=["joint"]), {"revision": seen.pk})
    assert Sentence.objects.get().text == "Other words."


def test_sentence_of_five_thousand_characters_is_refused_in_words(submission, sentence, officer):
    with pytest.raises(TooLong, match="5000"):
        _change(sentence, "a" * 5000, officer)


def test_sections_come_from_the_questions_of_the_call_with_their_limits(process, hub, officer):
    call = make_call(process, questions=[{"text": "What should change?", "words": 200}, "What else?"], word_limit=900)
    made = actions.prepare_submission(process=process, organisation=hub, slug="b", name="B", call=call, by=officer,
                                      at=NOW)
    assert list(made.sections.values_list("title", "word_limit")) == [("What should change?", 200), ("What else?", 900)]
    bare = actions.prepare_submission(process=process, organisation=hub, slug="c", name="C", call=make_call(process),
                                      by=officer, at=NOW)
    assert list(bare.sections.values_list("title", flat=True)) == ["C"]


def test_position_held_by_some_has_its_place(submission, sentence, officer):
    actions.move_sentence(sentence=sentence, is_minority=True, by=officer, at=NOW)
    [part] = queries.table(submission)
    assert (part.main, [row.sentence for row in part.minority]) == ([], [sentence])


def test_amber_says_what_is_missing_and_marks_only_the_words_that_go_too_far(client, submission, sentence, officer):
    _change(sentence, "Nine cities ask that counters stay open.", officer)
    [part] = queries.table(submission)
    [row] = part.rows
    assert row.spans == [(0, 4, "warn")]
    assert (row.missing[0].words, row.missing[0].said, row.missing[0].took_part) == ("Nine", 3, 3)
    client.force_login(user_of(officer), backend=BACKEND)
    assert "“Nine”: 3 of the 3 that took part say so." in client.get(
        reverse("submit:table", args=["joint"])).content.decode()


def test_city_that_stays_out_of_a_sentence_carries_it_no_longer(submission, sentence, cities, officer):
    _signed(submission, cities[0], officer, answer={"answer": "reservation", "stays_out_of": [sentence.public_id]})
    [part] = queries.table(submission)
    assert part.rows[0].support.cities == 2
    assert [excess.code for excess in part.rows[0].excesses] == ["number"]


def test_mandate_that_ended_counts_no_longer(submission, sentence, cities, officer):
    _signed(submission, cities[0], officer, answer={"valid_until": "2027-06-01"})
    assert queries.signatures(submission, on=NOW.date()).n_mandated == 1
    later = queries.signatures(submission, on=NOW.date() + timedelta(days=60))
    assert (later.n_endorsed, later.n_mandated) == (1, 0)


def test_table_shows_who_is_here_and_answers_nothing_new_with_304(client, submission, sentence, officer, hub):
    other = make_officer(hub, name="Noor")
    presence.note_presence(submission=submission, by=other, at=timezone.now(), sentence=sentence.public_id)
    client.force_login(user_of(officer), backend=BACKEND)
    address = reverse("submit:here", args=["joint"]) + f"?since={presence.last_revision(submission)}"
    first = client.get(address)
    assert "Noor" in first.content.decode()
    assert len(first.content) < 2048
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    _change(sentence, "Other.", other)
    assert "1 change" in client.get(address).content.decode()
    presence.note_presence(submission=submission, by=other, at=NOW - timedelta(days=400))
    assert presence.who_is_here(submission, at=NOW, besides=officer) == []


def test_pages_of_the_table_ask_few_questions(client, submission, ask, officer, consultation,
                                             django_assert_max_num_queries):
    section = submission.sections.get()
    for _ in range(15):
        actions.add_sentence(section=section, text="Cities ask for it.", ask=ask, by=officer, at=NOW)
    client.force_login(user_of(officer), backend=BACKEND)
    for name in ("table", "submission", "history"):
        with django_assert_max_num_queries(40) as asked:
            assert client.get(reverse(f"submit:{name}", args=["joint"])).status_code == 200
        few = len(asked)
        for _ in range(5):
            made = actions.add_sentence(section=section, text="More ask.", ask=ask, by=officer, at=NOW)
            actions.add_source(sentence=made, contribution=make_position(consultation), by=officer, at=NOW)
        with django_assert_max_num_queries(few):
            client.get(reverse(f"submit:{name}", args=["joint"]))


# ---- Signing and sending


def test_signature_read_on_the_page_is_the_one_contested(submission, sentence, cities, officer):
    delegate = make_delegate(cities[0])
    seen, _secret = _signed(submission, cities[0], officer)
    Endorsement.objects.update(signed_at=NOW + timedelta(hours=1))
    with pytest.raises(SignedAnew):
        actions.contest_endorsement(endorsement=seen, by=delegate, at=NOW)
    fresh = Endorsement.objects.get()
    actions.contest_endorsement(endorsement=fresh, by=delegate, at=NOW)
    assert list(Answered.objects.values_list("answer", flat=True)) == ["endorse", "contested"]


def test_contest_after_the_hand_over_comes_too_late_whatever_was_in_memory(submission, sentence, cities, officer):
    delegate = make_delegate(cities[0])
    seen, _secret = _signed(submission, cities[0], officer)
    actions.hand_over(submission=Submission.objects.get(), recipient="x", handed_on=NOW.date(), by=officer, at=NOW)
    with pytest.raises(Exception, match="Only an officer"):
        actions.contest_endorsement(endorsement=seen, by=delegate, at=NOW)


def test_nothing_is_handed_over_from_the_drafting_table_nor_with_a_proposal(submission, sentence, officer):
    with pytest.raises(NotSigning):
        actions.hand_over(submission=submission, recipient="x", handed_on=NOW.date(), by=officer, at=NOW)
    _open(submission, officer)
    Sentence.objects.update(is_proposal=True)
    with pytest.raises(StillProposed):
        actions.hand_over(submission=submission, recipient="x", handed_on=NOW.date(), by=officer, at=NOW)
    assert not sentence.ask.__class__.objects.get().is_public


def test_changed_mind_after_sending_is_on_record_and_changes_nothing_sent(submission, sentence, cities, officer):
    _endorsement, secret = _signed(submission, cities[0], officer)
    actions.hand_over(submission=submission, recipient="x", handed_on=NOW.date(), by=officer, at=NOW)
    actions.ask_for_code(secret=secret, answer={**ANSWER, "answer": "decline"}, at=NOW)
    actions.sign(secret=secret, code=_code(cities[0]), at=NOW)
    assert queries.signatures(Submission.objects.get()).n_endorsed == 1
    assert [row.answer for row in queries.change_of_mind(submission)] == ["decline"]


def test_text_taken_back_to_the_table_asks_cities_again(submission, sentence, cities, officer):
    _signed(submission, cities[0], officer)
    actions.reopen_drafting(submission=submission, by=officer, at=NOW)
    assert queries.signatures(submission).n_endorsed == 1
    _change(sentence, "Three cities ask that counters stay open late.", officer)
    assert [row.city for row in queries.signatures(submission).earlier_wording] == [cities[0]]
    assert cities[0] in queries.cities_without_answer(submission)


def test_cities_are_reminded_once_a_window_until_they_answer(submission, sentence, cities, officer):
    delegates = [make_delegate(city) for city in cities[:2]]
    secrets = actions.open_signing(submission=submission, cities=cities[:2], sign_until=NOW + timedelta(days=10),
                                   by=officer, at=NOW)
    actions.ask_for_code(secret=secrets[cities[0].pk], answer=ANSWER, at=NOW)
    actions.sign(secret=secrets[cities[0].pk], code=_code(cities[0]), at=NOW)
    for hours in (1, 24 * 4, 24 * 4 + 1, 24 * 8 + 2, 24 * 9 + 2, 24 * 11):
        jobs.remind_cities(NOW + timedelta(hours=hours))
    reminders = Mail.objects.filter(subject__contains="left to sign")
    told = reminders.filter(recipient=user_of(delegates[1]).email)
    assert [mail.subject.split(" left")[0] for mail in told.order_by("pk")] == ["6 days", "2 days", "1 day"]
    assert not reminders.filter(recipient=user_of(delegates[0]).email).exists()


def test_a_theme_lends_its_exact_words_to_a_sentence(client, submission, officer, contributions):
    from tribune.synthesise import theming
    from tribune.synthesise.theme_actions import ask_for_themes
    from tribune.synthesise.theme_queries import themes_for

    client.force_login(user_of(officer), backend=BACKEND)
    for n, text in enumerate(["A counter in every town.", "Counters in all towns.", "Each town needs a counter."]):
        contributions[n].why = text
        contributions[n].save(update_fields=["why"])
    theming.read_now(ask_for_themes(process=submission.process, by=officer, at=NOW).pk)
    theme = themes_for(officer, submission.process)[0]
    table = client.get(reverse("submit:table", args=["joint"])).content.decode()
    address = f"{reverse('submit:new_sentence', args=['joint', submission.sections.first().order])}?theme={theme.id}"
    assert address in table
    assert theme.quotes[0].words in client.get(address).content.decode()
    client.post(address, {"text": "Cities ask for counters.", "edition": 0})
    made = Sentence.objects.get(text="Cities ask for counters.")
    assert {source.contribution_id for source in made.sources.all()} == {row.pk for row in theme.members}
    for source in made.sources.all():
        assert getattr(source.contribution, source.field)[source.start:source.end] in theme.passages.values()
