"""The story, loaded once: every noun of the files arrives, and every page shows it as a sample and asks little."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tribune.common import slots
from tribune.common.chain import verify
from tribune.common.models import Delivery, Mail
from tribune.listen.choices import Act, ConsultationState, ContributionState
from tribune.listen.models import Consultation, Contribution
from tribune.people.models import City, Mandate, Organisation, User
from tribune.people.rules import Viewer
from tribune.project.story import load, logins
from tribune.project.story._story import table
from tribune.submit.choices import SubmissionState
from tribune.submit.models import Endorsement, SentenceSource, Submission
from tribune.submit.queries import signatures
from tribune.synthesise.models import Ask, AskSource
from tribune.trace.choices import VerdictState
from tribune.trace.models import Ledger, Verdict
from tribune.watch.models import Alignment, Call, DeadlineChange, Passage, Process, Rendition, Version

LOADED_AT = datetime(2027, 5, 17, 20, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """The story in the database; the lines that loading said. Emptied when the last test here is done."""
    lines: list[str] = []
    with django_db_blocker.unblock():
        assert load(now=LOADED_AT, say=lines.append)
    yield lines
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def story(loaded: list[str], db: None) -> list[str]:
    """The loaded story; what a test changes is undone after it."""
    return loaded


EVERYTHING = {model: model.objects for model in apps.get_models() if model.__module__.startswith("tribune.")}

PAST = ("made_at", "published_at", "imported_at", "opened_at", "closed_at", "signed_at", "sent_at", "recorded_at",
        "proposed_at", "joined_at", "since", "changed_at", "at", "done_at")


def counts() -> dict[str, int]:
    return {model.__name__: manager.count() for model, manager in EVERYTHING.items()}


def test_every_noun_of_the_files_is_there(story: list[str]) -> None:
    processes = table("processes")["processes"]
    data = table("submission")
    sentences = data["submission"]["sentences"]
    versions = [version for one in processes for draft in one["drafts"] for version in draft["versions"]]
    assert counts() | {
        "Organisation": len(table("organisations")),
        "City": len(table("cities")),
        "User": len(table("people")),
        "Process": len(processes),
        "Stage": sum(len(one["stages"]) for one in processes),
        "Call": sum(len(one["calls"]) for one in processes),
        "DeadlineChange": sum(len(call["history"]) for one in processes for call in one["calls"]),
        "Version": len(versions),
        "Rendition": sum(len(version["renditions"]) for version in versions),
        "Consultation": len(table("consultations")),
        "Contribution": len(table("contributions")),
        "Statement": len(table("statements")),
        "Voice": sum(len(rows["voices"]) for rows in table("votes").values() if isinstance(rows, dict)),
        "Vote": sum(letter != "-" for rows in table("votes").values() if isinstance(rows, dict)
                    for letters in rows["voices"].values() for letter in letters),
        "Ask": len(data["asks"]),
        "AskSource": sum(len(ask["contributions"]) + len(ask["contrary"]) for ask in data["asks"]),
        "Submission": 1,
        "Section": len(data["submission"]["sections"]),
        "Sentence": len(sentences),
        "SentenceSource": sum(len(one["sources"]) + len(one["contrary"]) for one in sentences),
        "Endorsement": len(data["submission"]["endorsements"]),
        "HandOver": 1,
        "Verdict": len(table("ledger")),
        "Ledger": 1,
    } == counts()


def test_the_texts_are_public_compared_and_in_their_languages(story: list[str]) -> None:
    assert list(Version.objects.order_by("order").values_list("slug", "state", "distribution")) == [
        (slug, "published", "public") for slug in ("zero", "rev1", "adopted")]
    assert Alignment.objects.filter(announced_at__isnull=False).count() == 2
    assert not [row for row in Rendition.objects.all() if row.warnings]
    assert dict(Rendition.objects.filter(language="en").values_list("version__slug", "n_naming")) == {
        "zero": 2, "rev1": 5, "adopted": 5}


def test_each_voice_keeps_its_act_its_words_and_its_city(story: list[str]) -> None:
    for row in table("contributions"):
        made = Contribution.objects.get(why=row["why"])
        # Single words are struck by changing a paragraph; Delete is for all of it.
        assert made.act == (Act.CHANGE if row["act"] == "DELETE" else row["act"])
        assert made.state == ContributionState.PUBLISHED
        assert (made.passage.path, made.language) == (row["paragraph"], row["language"])
        assert made.level == row["mandate"]["level"]
        assert (made.city.slug if made.city else None) == (row["city"] if row["author"] != "zawadi" else None)
    said = Mandate.objects.filter(position__in=Contribution.objects.values("public_id"))
    assert said.count() == len(table("contributions")) - 1


def test_what_is_over_is_closed_and_what_lies_ahead_is_open(story: list[str]) -> None:
    states = dict(Consultation.objects.values_list("slug", "state"))
    assert states == {"harbour-zero": ConsultationState.CLOSED, "harbour-follow-up": ConsultationState.OPEN}
    assert Consultation.objects.get(slug="harbour-zero").frozen["voices"] == 120
    ahead = Call.objects.filter(deadline_at__gt=LOADED_AT).order_by("deadline_at")
    assert [(call.deadline_on - LOADED_AT.date()).days for call in ahead] == [2, 6, 9, 13, 26, 47]
    assert DeadlineChange.objects.get().was_on == (LOADED_AT + timedelta(days=3)).date()


def test_the_submission_is_signed_for_these_very_words_and_handed_over(story: list[str]) -> None:
    submission = Submission.objects.get()
    assert submission.state == SubmissionState.SENT
    signed = signatures(submission)
    assert (signed.n_endorsed, signed.n_not_named, signed.earlier_wording) == (12, 2, [])
    assert signed.n_mandated == sum(row["mandate"]["level"] in ("mayor_signed", "council_vote")
                                    for row in table("submission")["submission"]["endorsements"])
    assert Endorsement.objects.get(city__slug="lanwan").stays_out_of.count() == 3
    for source in SentenceSource.objects.select_related("contribution"):
        assert 0 < source.end - source.start <= len(getattr(source.contribution, source.field)) - source.start
    assert Ask.objects.filter(is_public=True).count() == Ask.objects.count() == AskSource.objects.values(
        "ask").distinct().count()


def test_comparison_agrees_with_the_rules_on_most_asks(story: list[str]) -> None:
    """Of 24 verdicts by the rules, comparison alone finds at least 20."""
    right = 0
    for row in table("ledger"):
        verdict = Verdict.objects.get(ask__number=int(row["ask"][4:]), version__slug=row["version"])
        right += verdict.proposed == row["expected"]
        assert verdict.signed == (row["verdict"] or "")
        if row["verdict"] and row["verdict"] not in ("none", "removed"):
            assert verdict.signed_paragraph == row["paragraphs"][0]
        if verdict.state == VerdictState.OVERRULED:
            assert verdict.reason
    assert right >= 20
    assert Verdict.objects.filter(state=VerdictState.PROPOSED).count() == 3
    assert Ledger.objects.get().opened_at is not None


def test_nothing_waits_nothing_failed_and_the_chains_hold(story: list[str]) -> None:
    assert not list(Delivery.objects.exclude(state=Delivery.DONE).values_list("reaction", "error"))
    # Eighty days of mail do not arrive at once.
    assert dict(Counter(Mail.objects.values_list("state", flat=True))).keys() == {Mail.SENT}
    assert verify("journal") > 200
    assert verify("ledger") == sum(row["verdict"] is not None for row in table("ledger")) + 1


def test_everything_happened_before_the_moment_of_loading(story: list[str]) -> None:
    for model in EVERYTHING:
        for field in model._meta.fields:
            if field.name in PAST:
                assert not model.objects.filter(**{f"{field.name}__gt": LOADED_AT}).exists(), (model, field.name)


def test_loading_again_changes_nothing(story: list[str]) -> None:
    before = counts()
    assert load(now=LOADED_AT + timedelta(days=1)) is False
    assert counts() == before


def test_everything_is_marked_as_sample(story: list[str]) -> None:
    for model in (Organisation, City, Process):
        assert not model.objects.filter(sample=False).exists()


def test_each_part_says_a_line(story: list[str]) -> None:
    assert len(story) == 8
    assert all(any(character.isdigit() for character in line) for line in story)


def test_the_five_logins_are_people_of_the_story(story: list[str]) -> None:
    assert [login.role for login in logins()] == [
        "city officer", "hub officer", "moderator", "resident", "administrator"]
    assert User.objects.filter(email__in=[login.email for login in logins()], is_active=True).count() == 5


LINK = re.compile(r'<a\b[^>]*?\shref="([^"]+)"')
MOST = 300


def shape(address: str) -> str:
    """What is alike in addresses of one kind: all but the last part of the path, and whether there is a question."""
    path, question, _ = address.partition("?")
    return path.rstrip("/").rpartition("/")[0] + question


def crawl(start: str) -> dict[str, tuple[int, str]]:
    """Follow links inside one language; return status and words of each page, at most MOST of them.

    Of the links that wait, one is taken of whose kind fewest were seen: a long list hides nothing behind it.
    """
    found: dict[str, tuple[int, str]] = {}
    waiting, seen = {start: None}, Counter[str]()
    client = Client()
    while waiting and len(found) < MOST:
        address = min(waiting, key=lambda one: seen[shape(one)])
        del waiting[address]
        seen[shape(address)] += 1
        answer = client.get(address, follow=True)
        html = answer.headers.get("Content-Type", "").startswith("text/html")
        found[address] = answer.status_code, answer.content.decode() if html and not answer.streaming else ""
        base = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        for href in LINK.findall(found[address][1]):
            target = urldefrag(urljoin(base, unescape(href))).url
            if target.startswith(start) and target not in found:
                waiting[target] = None
    return found


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_from_the_front_page_answers_and_says_sample(
        story: list[str], settings: object, language: str) -> None:
    settings.SAMPLE = True  # type: ignore[attr-defined]
    found = crawl(f"/{language}/")
    assert len(found) > 60
    assert not {address: status for address, (status, _) in found.items() if status != 200}
    with translation.override(language):
        assert not {reverse(name, args=arguments) for name, arguments in ADDRESSES.values()} - set(found)
    pages = {address: words for address, (_, words) in found.items() if words}
    assert len(pages) > 50
    assert not [address for address, words in pages.items() if 'class="sample"' not in words]


def test_bars_of_the_zero_draft_mark_what_cities_ask_for(story: list[str]) -> None:
    passages = dict(Passage.objects.filter(version__slug="zero").values_list("path", "uid"))
    asked = {row["target"] for row in table("submission")["asks"]}
    assert set(slots.ask("strip.asked", list(passages.values()), Viewer())) == {passages[path] for path in asked}


ADDRESSES = {
    "front": ("front", []),
    "process": ("watch:process", ["harbour-3"]),
    "version": ("watch:version", ["harbour-3", "outcome", "adopted"]),
    "version in Chinese": ("watch:version", ["harbour-3", "outcome", "rev1"]),
    "compare": ("watch:compare", ["harbour-3", "outcome", "zero", "rev1"]),
    "drafts": ("watch:drafts", []),
    "consultations": ("listen:consultations", []),
    "consultation": ("listen:consultation", ["harbour-zero"]),
    "submission": ("submit:submission", ["harbour-3-cities"]),
    "asks": ("trace:asks", []),
    "ledger": ("trace:ledger", ["harbour-3"]),
    "cities": ("people:cities", []),
    "city": ("people:city", ["mtolari"]),
}


@pytest.mark.parametrize("page", ADDRESSES)
def test_a_page_asks_the_database_a_bounded_number_of_times(
        story: list[str], client: Client, page: str, django_assert_max_num_queries: object) -> None:
    name, arguments = ADDRESSES[page]
    code = "zh-hans" if "Chinese" in page else "en"
    with translation.override(code):
        address = reverse(name, args=arguments)
    with django_assert_max_num_queries(12) as asked:  # type: ignore[operator]
        assert client.get(address).status_code == 200
    print(f"{page}: {len(asked.captured_queries)} queries")
