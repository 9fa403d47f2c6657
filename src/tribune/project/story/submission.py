"""What cities ask together: asks, a submission whose sentences know their sources, signatures, the hand-over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from tribune.common.models import Mail
from tribune.people.models import City
from tribune.submit.actions import (
    add_sentence,
    add_source,
    ask_for_code,
    hand_over,
    open_signing,
    prepare_submission,
    sign,
)
from tribune.submit.choices import Answer
from tribune.submit.models import SentenceSource
from tribune.synthesise.actions import make_ask
from tribune.synthesise.choices import Stance
from tribune.watch.models import Passage

from ._story import Step, Story, table
from .people import HUB_OFFICER
from .processes import HUB

__all__ = ["plan", "told"]

READ = "zero"  # the version that was read when asking
ANSWERS = {"endorse": Answer.ENDORSE, "reservation": Answer.RESERVATION, "opted_out": Answer.RESERVATION}


def plan(story: Story) -> Iterator[Step]:
    """Asks on the morning after the consultation, then sentences; cities sign by code, the hub hands over."""
    data = table("submission")
    row = data["submission"]
    drafted = row["signing"]["opens"]["day"]
    for place, ask in enumerate(data["asks"]):
        yield Step(story.clock.past(drafted, "08:00", minutes=place), partial(_ask, story, ask, row))
    yield Step(story.clock.past(drafted, "09:00"), partial(_prepare, story, row))
    for place, sentence in enumerate(row["sentences"]):
        yield Step(story.clock.past(drafted, "09:05", minutes=place), partial(_sentence, story, row, sentence))
    links: dict[int, str] = {}
    yield Step(story.clock.past(drafted, "12:00"), partial(_open_signing, story, row, links))
    for place, answer in enumerate(row["endorsements"]):
        yield Step(story.clock.past(answer["day"], "13:00", minutes=place * 11),
                   partial(_sign, story, row, answer, links))
    yield Step(story.clock.past(row["handed_over"]["day"], "15:00"), partial(_hand_over, story, row))


def told(story: Story) -> str:
    row = table("submission")["submission"]
    return (f"{len(story.asks)} asks, {len(story.sentences)} sentences signed by {len(row['endorsements'])} cities "
            "and regions, handed over")


def _ask(story: Story, ask: dict[str, Any], row: dict[str, Any], at: datetime) -> None:
    story.asks[ask["key"]] = make_ask(
        process=story.processes[row["process"]], organisation=story.organisations[HUB], kind=ask["kind"],
        name=ask["title"]["en"], names=ask["title"],
        passage=Passage.objects.get(version=story.versions[READ], path=ask["target"]),
        old=ask["old"]["en"], new=ask["new"]["en"], text=ask["text"]["en"], texts=ask["text"], language="en",
        contributions=[story.contributions[key] for key in ask["contributions"]],
        contrary=[story.contributions[key] for key in ask["contrary"]], by=story.viewer(HUB_OFFICER), at=at)


def _prepare(story: Story, row: dict[str, Any], at: datetime) -> None:
    hub = story.organisations[HUB]
    submission = prepare_submission(
        process=story.processes[row["process"]], organisation=hub, slug=row["slug"], name=row["title"]["en"],
        names=row["title"], call=story.calls[row["call"]], consultation=story.consultations[row["consultation"]],
        sections=[(section["question"]["en"], None) for section in row["sections"]],
        entitled=f"{hub.name}: {row['entitled_entity']['basis']['en']}", by=story.viewer(HUB_OFFICER), at=at)
    story.submissions[row["key"]] = submission
    for section, written in zip(submission.sections.order_by("order"), row["sections"], strict=True):
        section.titles = written["question"]
        section.save(update_fields=["titles"])


def _sentence(story: Story, row: dict[str, Any], sentence: dict[str, Any], at: datetime) -> None:
    by = story.viewer(HUB_OFFICER)
    submission = story.submissions[row["key"]]
    order = [section["key"] for section in row["sections"]].index(sentence["section"]) + 1
    made = add_sentence(section=submission.sections.get(order=order), text=sentence["text"]["en"],
                        texts=sentence["text"], ask=story.asks[sentence["asks"][0]], by=by, at=at)
    story.sentences[sentence["key"]] = made
    # The ask brought all its sources along; the officer keeps those whose words carry this very sentence.
    SentenceSource.objects.filter(sentence=made).delete()
    for stance, sources in ((Stance.FOR, sentence["sources"]), (Stance.AGAINST, sentence["contrary"])):
        for source in sources:
            add_source(sentence=made, contribution=story.contributions[source["contribution"]],
                       quote=source["quote"], stance=stance, by=by, at=at)


def _open_signing(story: Story, row: dict[str, Any], links: dict[int, str], at: datetime) -> None:
    closes = row["signing"]["closes"]
    links.update(open_signing(
        submission=story.submissions[row["key"]], by=story.viewer(HUB_OFFICER), at=at,
        cities=[story.cities[answer["city"]] for answer in row["endorsements"]],
        sign_until=story.clock.past(closes["day"], closes["time"])))


def _sign(story: Story, row: dict[str, Any], answer: dict[str, Any], links: dict[int, str], at: datetime) -> None:
    city = story.cities[answer["city"]]
    signer = next(person for person in table("people") if person["key"] == answer["person"])
    mandate = answer["mandate"]
    ask_for_code(secret=links[city.pk], at=at, answer={
        "answer": ANSWERS[answer["stance"]], "reservation": answer["text"]["en"] if answer["text"] else "",
        "stays_out_of": [story.sentences[key].public_id for key in answer["opted_out"]],
        "level": mandate["level"], "body": _body(answer["city"], mandate["level"]),
        "given_on": story.clock.date(mandate["day"]).isoformat(), "visibility": answer["visibility"],
        "signer_role": signer["title"]["en"]})
    sign(secret=links[city.pk], code=_code_sent_to(city), at=at)


def _body(city: str, level: str) -> str:
    """The body that gave the mandate, as the city named it with its contributions."""
    return next((row["mandate"]["body"] for row in table("contributions")
                 if row["city"] == city and row["mandate"]["level"] == level and row["mandate"]["body"]), "")


def _code_sent_to(city: City) -> str:
    """The code in the newest mail to the address on file, read as the office would read it."""
    mail = Mail.objects.filter(recipient=city.signing_email).latest("pk")
    found = re.search(r"^\d{6}$", mail.body, re.MULTILINE)
    assert found is not None
    return found[0]


def _hand_over(story: Story, row: dict[str, Any], at: datetime) -> None:
    handed = row["handed_over"]
    hand_over(submission=story.submissions[row["key"]], recipient=story.organisations[handed["to"]].name,
              handed_on=story.clock.date(handed["day"]), note=handed["private_note"]["en"],
              by=story.viewer(handed["by"]), at=at)
