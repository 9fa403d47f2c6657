"""Real objects for tests, made with as little as they need."""

from __future__ import annotations

import hashlib
import itertools
from datetime import UTC, date, datetime, time
from typing import Any

from tribune.people.choices import Region, Role
from tribune.people.models import City, Membership, Organisation, User
from tribune.people.queries import viewer_for
from tribune.people.rules import Viewer
from tribune.watch.models import Draft, Paragraph, Passage, Process, Rendition, Version

NOW = datetime(2027, 5, 17, 9, 0, tzinfo=UTC)
_n = itertools.count(1)


def make_user(**fields: Any) -> User:
    n = next(_n)
    fields.setdefault("email", f"person{n}@town.example")
    fields.setdefault("name", f"Person {n}")
    return User.objects.create_user(**fields)


def make_organisation(**fields: Any) -> Organisation:
    n = next(_n)
    return Organisation.objects.create(**{"slug": f"hub-{n}", "name": f"Hub {n}", **fields})


def make_city(**fields: Any) -> City:
    n = next(_n)
    return City.objects.create(**{"slug": f"town-{n}", "name": f"Town {n}", "country": "Avalia",
                                  "region": Region.AFRICA, "population": 120_000, **fields})


def make_officer(organisation: Organisation | None = None, **fields: Any) -> Viewer:
    """A viewer who is an officer of an organisation (a new one if none is given)."""
    user = make_user(**fields)
    Membership.objects.create(user=user, organisation=organisation or make_organisation(), role=Role.OFFICER,
                              since=NOW)
    return viewer_for(user)


def make_member(organisation: Organisation, role: str, **fields: Any) -> Viewer:
    user = make_user(**fields)
    Membership.objects.create(user=user, organisation=organisation, role=role, since=NOW)
    return viewer_for(user)


def make_delegate(city: City | None = None, *, service: str = "", role: str = Role.DELEGATE, **fields: Any) -> Viewer:
    """A viewer who is a delegate of a city, or one of its services with `role=Role.MEMBER`."""
    user = make_user(**fields)
    Membership.objects.create(user=user, city=city or make_city(), role=role, service=service, since=NOW)
    return viewer_for(user)


def user_of(viewer: Viewer) -> User:
    return User.objects.get(pk=viewer.user_id)


def make_process(organisation: Organisation | None = None, **fields: Any) -> Process:
    n = next(_n)
    return Process.objects.create(**{"organisation": organisation or make_organisation(), "slug": f"process-{n}",
                                     "name": f"Process {n}", "made_at": NOW, **fields})


def make_draft(process: Process | None = None, **fields: Any) -> Draft:
    return Draft.objects.create(**{"process": process or make_process(), "slug": "outcome",
                                   "name": "Outcome document", **fields})


def make_version(texts: list[str] | None = None, *, draft: Draft | None = None, language: str = "en",
                 **fields: Any) -> Version:
    """A published public version with one numbered paragraph for each of `texts`."""
    draft = draft or make_draft()
    order = draft.versions.count() + 1
    version = Version.objects.create(**{
        "draft": draft, "slug": f"rev{order}", "name": f"Revision {order}", "order": order,
        "dated_on": date(2027, 5, order), "stage": "revision", "state": "published", "distribution": "public",
        "imported_at": NOW, "published_at": NOW, **fields})
    texts = texts if texts is not None else ["We resolve to involve local authorities.", "We commit to schools."]
    rendition = Rendition.objects.create(
        version=version, language=language, file_name="text.txt", sha256=hashlib.sha256(b"").hexdigest(),
        media_type="text/plain", terms_version="test", n_paragraphs=len(texts))
    for place, text in enumerate(texts, start=1):
        passage = Passage.objects.create(version=version, path=str(place), order=place)
        Paragraph.objects.create(passage=passage, rendition=rendition, order=place, number=str(place),
                                 label=f"{place}.", kind="operative", text=text,
                                 sha256=hashlib.sha256(text.encode()).hexdigest())
    return version


# ---- listen

LAWFUL = {"controller": "Hub of the sample", "legal_basis": "consent", "recipients": "the hub and its cities",
          "contact": "privacy@hub.example", "retention_days": 730}


def make_consultation(version: Version | None = None, *, format: str = "both", opened: bool = True,
                      by: Viewer | None = None, **fields: Any) -> Any:
    """An open consultation on a version (a new one if none is given), prepared and opened by an officer."""
    from tribune.listen.actions import open_consultation, prepare_consultation

    version = version or make_version()
    process = version.draft.process
    officer = by or make_officer(process.organisation)
    n = next(_n)
    consultation = prepare_consultation(
        process=process, version=version, slug=fields.pop("slug", f"consultation-{n}"),
        name=fields.pop("name", f"What do cities say? {n}"), format=format, by=officer, at=NOW, **{**LAWFUL, **fields})
    if any("answer" in phase.permits for phase in consultation.phases.all()):
        consultation.questions.create(order=1, text="What should change for cities?", most_words=20)
    return open_consultation(consultation=consultation, by=officer, at=NOW) if opened else consultation


def make_contribution(consultation: Any, *, path: str = "1", act: str = "COMMENT", by: Viewer | None = None,
                      city: City | None = None, **fields: Any) -> Any:
    """A contribution made through its action: by a guest, or for `city` by one of its delegates."""
    from tribune.listen.actions import contribute

    passage = consultation.version.passages.get(path=path)
    if city is not None and by is None:
        by = make_delegate(city)
    fields = {"why": "It leaves us out.", "strength": "" if act == "COMMENT" else "should", "at": NOW, **fields}
    made, _receipt = contribute(consultation=consultation, passage=passage,
                                rendition=consultation.version.renditions.get(), act=act, by=by or Viewer(),
                                city=city, **fields)
    return made


def make_position(consultation: Any, *, city: City | None = None, level: str = "council_vote", **fields: Any) -> Any:
    """A published position of a city (a new one if none is given) with its mandate."""
    from tribune.listen.actions import send_position

    city = city or make_city()
    inner = make_contribution(consultation, city=city, **fields)
    return send_position(contribution=inner, level=level, body="City council", given_on=NOW.date(),
                         by=make_delegate(city), at=NOW)


def make_statement(consultation: Any, text: str = "", *, by: Viewer | None = None) -> Any:
    """A published statement of the organiser."""
    from tribune.listen.actions import propose_statement

    statement, _receipt = propose_statement(
        consultation=consultation, text=text or f"Statement number {next(_n)} is a sentence.", language="en",
        by=by or make_officer(consultation.organisation), at=NOW, origin="organiser")
    return statement


# Watch


def make_call(process: Process | None = None, **fields: Any) -> Any:
    """A call that closes two days after NOW, at noon in UTC."""
    from tribune.watch.models import Call
    from tribune.watch.rules import deadline_moment

    fields = {"process": process or make_process(), "name": f"Call {next(_n)}", "deadline_on": date(2027, 5, 19),
              "deadline_time": time(12), "time_zone": "UTC", "made_at": NOW, **fields}
    fields.setdefault("deadline_at", deadline_moment(fields["deadline_on"], fields["deadline_time"],
                                                     fields["time_zone"]))
    return Call.objects.create(**fields)


def make_document(text: str = "1. We resolve to involve local authorities.\n\n2. We commit to schools.\n",
                  name: str = "text.txt") -> Any:
    """A text read by the engine, with the mentions in it."""
    from tribune.engine.mentions import annotate
    from tribune.engine.text import read

    return annotate(read(text.encode(), name=name))


def make_preview(texts: list[str] | None = None, *, by: Viewer, draft: Draft | None = None, slug: str = "zero",
                 **fields: Any) -> Version:
    """A version that an officer has imported and not published."""
    from tribune.watch.actions import import_version

    draft = draft or make_draft(make_process(Organisation.objects.get(pk=min(by.officer_of))))
    texts = texts if texts is not None else ["We resolve to involve local authorities.", "We commit to schools."]
    text = "\n\n".join(f"{n}. {words}" for n, words in enumerate(texts, start=1))
    return import_version(**{
        "draft": draft, "slug": slug, "name": slug.capitalize(), "stage": "zero_draft", "dated_on": date(2027, 3, 4),
        "document": make_document(text), "file_name": "text.txt", "file": text.encode(), "language": "en",
        "status": "official", "by": by, "at": NOW, **fields})


# Trace


def make_ask(process: Process, *, is_public: bool = True, **fields: Any) -> Any:
    """A public ask of the process's organisation, made through its action before any new version came."""
    from tribune.synthesise.actions import make_ask as make

    return make(**{"process": process, "organisation": process.organisation, "kind": "ADD",
                   "name": f"Ask {next(_n)}", "new": "with local authorities", "by": make_officer(process.organisation),
                   "at": NOW, "is_public": is_public, **fields})


def make_verdict(ask: Any, version: Version, proposed: str = "verbatim", *, signed: str = "", paragraph: str = "1",
                 **fields: Any) -> Any:
    """A proposed verdict, or one that an officer has signed with the word `signed`."""
    from tribune.trace.actions import sign_verdict
    from tribune.trace.models import Verdict

    verdict = Verdict.objects.create(**{"ask": ask, "version": version, "proposed": proposed, "confidence": 0.71,
                                        "proposed_at": NOW, **fields})
    if signed:
        return sign_verdict(verdict=verdict, signed=signed, paragraph=paragraph, at=NOW,
                            reason="" if signed == proposed else "Read by a person.",
                            by=make_officer(ask.organisation))
    return verdict
