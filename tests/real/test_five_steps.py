"""The five steps through the rooms on a real chain: A/C.2/80/L.17 → A/C.2/80/L.58 → A/RES/80/118.

Files go in by the page that officers use; voices, asks, signatures and verdicts by the rooms' own acts; what
readers see is read from the public pages. The asks and what became of them are those judged by hand in `truth_ict.csv`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from docx import Document
from lxml import html
from tests.factories import LAWFUL, make_city, make_delegate, make_officer, make_organisation, user_of
from tests.real.material import FACTS, asks, judged, truths

from tribune.common.models import Mail
from tribune.common.worker import work_once
from tribune.listen.actions import contribute, open_consultation, prepare_consultation, send_position
from tribune.people.rules import Viewer
from tribune.submit.actions import (
    ask_for_code,
    hand_over,
    open_signing,
    prepare_submission,
    propose_sentences,
    sign,
    take_sentence,
)
from tribune.submit.models import Sentence
from tribune.synthesise.actions import make_ask
from tribune.trace.actions import open_ledger, sign_verdict
from tribune.trace.models import Verdict
from tribune.watch.models import Passage, Process, Succession, Version

pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True)]

CHAIN = [("l17", "A/C.2/80/L.17", "zero_draft"), ("l58", "A/C.2/80/L.58", "revision"),
         ("adopted", "A/RES/80/118", "adoption")]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def drain() -> Callable[[], None]:
    """Let the worker finish what is waiting."""
    def until_done() -> None:
        while work_once():
            pass

    return until_done


def test_from_a_citys_voice_to_the_text_and_back(real_data: Path, client: Client, drain: Callable[[], None]) -> None:
    hub = make_organisation(name="Hub of towns", slug="hub")
    officer = make_officer(hub, email="officer@hub.example")
    reader, desk = client, Client()
    desk.force_login(user_of(officer), backend=BACKEND)
    cities = [make_city(name=f"Town {letter}", slug=f"town-{letter.lower()}",
                        signing_email=f"mayor@{letter.lower()}.example") for letter in "ABCDEFGH"]
    delegates = {city.pk: make_delegate(city, email=f"delegate@{city.slug}.example") for city in cities}

    # 1. Watch
    process = _process(desk)
    _import(desk, real_data, *CHAIN[0])
    page = reader.get("/en/p/ict/d/outcome/l17/").content.decode()
    numbered = numbered_of(CHAIN[0][1])
    assert [f'id="p{n}"' in page for n in (1, numbered, numbered + 1)] == [True, True, False]
    version = Version.objects.get(slug="l17")

    # 2. Listen
    consultation = prepare_consultation(process=process, version=version, slug="ict", name="What should it say?",
                                        format="both", by=officer, at=timezone.now(), **LAWFUL)
    open_consultation(consultation=consultation, by=officer, at=timezone.now())
    table = list(asks("ict").values())
    assert len(table) >= 30
    voices = {}
    for place, ask in enumerate(table):
        city = cities[place % len(cities)]
        voices[ask.id] = _say(ask, consultation, version, city, delegates[city.pk])
    assert "Town A" in reader.get("/en/c/ict/").content.decode() + reader.get("/en/c/ict/31/").content.decode()

    # 3. Synthesise, submit
    for ask in table:
        passage = Passage.objects.filter(version=version, path=ask.target).first() if ask.target else None
        assert passage is not None or not ask.target, f"{ask.id} targets {ask.target}, which the page does not have"
        make_ask(process=process, organisation=hub, kind=ask.kind, name=ask.id, passage=passage, old=ask.old,
                 new=ask.new, text=ask.text, contributions=[voices[ask.id]], by=officer, at=timezone.now())
    submission = prepare_submission(process=process, organisation=hub, slug="joint", name="Joint answer",
                                    consultation=consultation, entitled="open call", by=officer, at=timezone.now())
    assert propose_sentences(submission=submission, by=officer, at=timezone.now()) == len(table)
    for sentence in Sentence.objects.filter(section__submission=submission):
        take_sentence(sentence=sentence, by=officer, at=timezone.now())
    links = open_signing(submission=submission, cities=cities[:3], sign_until=timezone.now() + timedelta(days=3),
                         by=officer, at=timezone.now())
    for city in cities[:3]:
        _sign(links[city.pk], city)
    assert reader.get("/en/s/joint/").status_code == 404  # not before it is handed over
    hand_over(submission=submission, recipient="Second Committee", handed_on=timezone.now().date(), by=officer,
              at=timezone.now())
    drain()
    sent = reader.get("/en/s/joint.docx")
    assert sent.status_code == 200
    words = "\n".join(line.text for line in Document(io.BytesIO(_bytes(sent))).paragraphs)
    assert "Town A" in words
    assert table[0].text in words
    assert "Second Committee" not in words

    # 4. The next texts come
    for step in CHAIN[1:]:
        _import(desk, real_data, *step)
        drain()
    compared = reader.get("/en/p/ict/d/outcome/compare/l17...l58/").content.decode()
    assert "<ins" in compared
    adopted = Succession.objects.filter(pair__alignment__old__slug="l58", pair__alignment__new__slug="adopted",
                                        old__path__regex=r"^[0-9]+$")
    assert set(adopted.values_list("pair__verdict", flat=True)) == {"kept"}  # adopted without a change of wording
    assert adopted.count() == numbered_of(CHAIN[2][1])

    # 5. Trace: what is proposed is what the engine says, and it holds against the readings by hand
    proposed = {(row.ask.name, row.version.symbol): row
                for row in Verdict.objects.select_related("ask", "version")}
    right = 0
    for truth in truths("ict"):
        row, said = proposed[truth.ask, truth.version], judged(real_data, "ict", truth.version)[truth.ask]
        assert (row.proposed, row.already_there) == (said.verdict, said.already_there), truth
        right += row.proposed == truth.verdict
    assert right >= 0.8 * len(truths("ict"))
    assert reader.get("/en/p/ict/ledger/").status_code in (200, 404)
    assert "I05" not in reader.get("/en/p/ict/ledger/").content.decode()
    for truth in truths("ict"):
        row = proposed[truth.ask, truth.version]
        place = next((path for path in truth.paragraphs if Passage.objects.filter(version=row.version, path=path)), "")
        sign_verdict(verdict=row, signed=truth.verdict, paragraph=place, reason="Read side by side.", by=officer,
                     at=timezone.now())
    open_ledger(process=process, by=officer, at=timezone.now())
    Mail.objects.all().delete()
    drain()
    _ledger_says_what_was_signed(reader)
    told = set(Mail.objects.values_list("recipient", flat=True))
    assert {f"delegate@{city.slug}.example" for city in cities} <= told


def numbered_of(symbol: str) -> int:
    """How many numbered paragraphs people counted in a text."""
    return next(int(fact["numbered"]) for fact in FACTS["reading"] if fact["symbol"] == symbol)


def _fill(desk: Client, address: str, *, file: SimpleUploadedFile | None = None, **said: str) -> str:
    """Send the form of a page as a browser would: what it holds already, and what is said; return where it leads."""
    page = html.fromstring(desk.get(address).content.decode())
    form = next(form for form in page.forms if set(said) <= set(form.fields))
    fields = {**dict(form.form_values()), **said}
    if file:
        fields["file"] = file
    answer = desk.post(form.action or address, fields)
    wrong = [error.text_content() for error in html.fromstring(answer.content.decode() or "<p>").find_class("error")]
    assert answer.status_code == 302, f"{address}: {answer.status_code} {wrong}"
    return str(answer.url)


def _process(desk: Client) -> Process:
    _fill(desk, "/en/p/new/", name="ICT for sustainable development", slug="ict", place="New York",
          time_zone="America/New_York")
    _fill(desk, "/en/p/ict/d/new/", name="Resolution", slug="outcome")
    return Process.objects.get(slug="ict")


def _import(desk: Client, folder: Path, slug: str, symbol: str, stage: str) -> None:
    """Upload the official file, look at the preview, publish because its host has."""
    name = f"{symbol.replace('/', '_')}.pdf"
    file = SimpleUploadedFile(name, (folder / "un" / "resolutions" / name).read_bytes(), "application/pdf")
    preview = _fill(desk, "/en/p/ict/d/outcome/import/", file=file, name=symbol, slug=slug, stage=stage,
                    dated_on="2025-10-14", language="en", status="official")
    assert "/preview/" in preview
    assert symbol in desk.get(preview).content.decode()
    _fill(desk, f"/en/p/ict/d/outcome/{slug}/preview/publish/", distribution="public",
          public_because="The United Nations has published it.")


def _say(ask: Any, consultation: Any, version: Version, city: Any, by: Viewer) -> Any:
    """A delegate proposes on the paragraph what the ask wants, and sends it as the city's position."""
    passage = Passage.objects.get(version=version, path=ask.target or "1")
    rendition = version.renditions.get()
    read = rendition.paragraphs.get(passage=passage).text
    struck = _as_printed(ask.old, read)
    wording = {"ADD": f"{read} {ask.new}", "CHANGE": read.replace(struck, ask.new) if struck else f"{read} {ask.new}",
               "KEEP": "", "DELETE": read.replace(struck, "").strip() if struck else ""}[ask.kind]
    # An ask in prose is said as a comment.
    act = "COMMENT" if ask.kind in ("ADD", "CHANGE") and not ask.new else ask.kind
    made, _ = contribute(consultation=consultation, passage=passage, rendition=rendition, act=act, by=by,
                         wording="" if act == "COMMENT" else wording, why=ask.text, strength="should", city=city,
                         at=timezone.now())
    return send_position(contribution=made, level="council_vote", body="Town council",
                         given_on=timezone.now().date(), by=by, at=timezone.now())


def _as_printed(words: str, text: str) -> str:
    """The words as they stand in the text, whose apostrophes and spaces may be others; "" where they do not."""
    pattern = r"\s+".join(re.sub("['’]", "['’]", re.escape(word)) for word in words.split())
    found = re.search(pattern, text) if words else None
    return found[0] if found else ""


def _sign(link: str, city: Any) -> None:
    ask_for_code(secret=link, at=timezone.now(), answer={
        "answer": "endorse", "level": "council_vote", "body": "Town council", "visibility": "public",
        "given_on": timezone.now().date().isoformat(), "signer_role": "mayor"})
    body = Mail.objects.filter(recipient=city.signing_email).latest("pk").body
    code = re.search(r"^\d{6}$", body, re.MULTILINE)
    assert code is not None
    sign(secret=link, code=code[0], at=timezone.now())


def _ledger_says_what_was_signed(reader: Client) -> None:
    """The page, and the same in CSV: one row for each ask, with the words that were signed."""
    assert "I05" in reader.get("/en/p/ict/ledger/").content.decode()
    rows = csv.DictReader(io.StringIO(_bytes(reader.get("/en/p/ict/ledger.csv")).decode("utf-8-sig")))
    said = {(row["title"], row["version"]): row["verdict"] for row in rows}
    expected = {(truth.ask, symbol): truth.verdict for truth in truths("ict")
                for _, symbol, _ in CHAIN if symbol == truth.version}
    assert {key: said.get(key) for key in expected} == expected


def _bytes(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content
