"""A phrase planted in a text for members is found on no address of this room by those who may not read it."""

import pypdfium2
import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone
from tests.factories import (
    make_call,
    make_city,
    make_delegate,
    make_draft,
    make_officer,
    make_organisation,
    make_preview,
    make_process,
    make_user,
    user_of,
)

from tribune.common import search
from tribune.common.outbox import deliver_until_quiet
from tribune.people.models import City
from tribune.people.rules import ANYONE
from tribune.watch import actions
from tribune.watch.doors import DOORS
from tribune.watch.models import Alignment, Follow, Passage

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PHRASE = "purple ostrich authorities"
NAME = "Confidential reading"


@pytest.fixture
def planted():
    """Public zero and third reading; between them one for members, one for named people, and a preview."""
    officer = make_officer(make_organisation())
    process = make_process(organisation_id=min(officer.officer_of))
    make_call(process, deadline_on=timezone.now().date())
    Follow.objects.create(process=process, city=make_city(), since=timezone.now())
    draft = make_draft(process)
    plain = ["We resolve to involve local authorities in the matter.", "We commit to connecting every school by 2032."]
    secret = [f"{plain[0][:-1]}, with {PHRASE} and municipal governments.", *plain[1:], f"Third, {PHRASE}."]
    for slug, texts, distribution in (("zero", plain, "public"), ("inner", secret, "members"),
                                      ("named", secret, "named"), ("rev2", plain, "public")):
        version = make_preview(texts, by=officer, draft=draft, slug=slug, file_name=f"{slug}.txt",
                               name=NAME if distribution != "public" else slug)
        actions.publish_version(version=version, distribution=distribution, by=officer, at=timezone.now(),
                                public_because="Read out.", readers=[user_of(officer)])
    hidden = make_draft(process, slug="hidden", name=f"{NAME} of another draft")
    version = make_preview(secret, by=officer, draft=hidden, slug="zero")
    actions.publish_version(version=version, distribution="members", by=officer, at=timezone.now())
    make_preview(secret, by=officer, draft=draft, slug="next", name=NAME)
    deliver_until_quiet(at=timezone.now())
    # A comparison over the hidden readings, as an officer's visit leaves it behind.
    inner, last = draft.versions.get(slug="inner"), draft.versions.get(slug="rev2")
    actions.compare_versions(old=inner, new=last, at=timezone.now())
    assert Alignment.objects.count() >= 3
    search.build()
    return draft, officer


def _addresses(draft):
    """Every address of the room that answers GET, for every version, path, language and filter there is."""
    process = draft.process.slug
    slugs = ["zero", "inner", "named", "rev2", "next"]
    yield from ("/en/", "/fr/", "/en/drafts/", "/en/calendar/", "/en/calendar.ics", "/en/calendar.atom",
                "/en/processes/", "/en/processes.csv", "/en/time-zone/",
                # The words of a query stand on its page: these alone tell nothing.
                "/en/search/?q=purple", "/en/search/?q=third+matter", "/en/search/?q=birds+of+violet+colour")
    for city in City.objects.all():
        yield f"/en/city/{city.slug}.ics"
    yield "/digest/stop/nothing/"
    yield from (f"/en/p/{process}/", f"/en/p/{process}.ics", f"/en/p/{process}.atom", f"/en/p/{process}.csv")
    for name in ("outcome", "hidden"):
        base = f"/en/p/{process}/d/{name}/"
        yield from (base, f"{base}compare/", f"{base}import/")
        for slug in slugs:
            yield from (f"{base}{slug}/", f"{base}{slug}/?show=naming", f"{base}{slug}/?text=en", f"{base}{slug}/1",
                        f"{base}{slug}/3", f"{base}{slug}/file/en", f"{base}{slug}/preview/", f"{base}{slug}/language/",
                        f"{base}{slug}/preview/publish/", f"{base}{slug}/preview/file/en", f"{base}{slug}/sides/",
                        f"{base}{slug}/file/en/1", f"{base}{slug}/preview/page/en/1/", f"{base}{slug}/preview/page/en/1.png",  # noqa: E501
                        f"{base}{slug}/reread/en/", f"{base}{slug}/cities/", f"{base}{slug}/cities.pdf",
                        f"{base}{slug}/cities.png", f"{base}{slug}/cities/report/", f"/embed{base[3:]}{slug}/cities/")
            for other in slugs:
                yield from (f"{base}compare/{slug}...{other}/", f"{base}compare/{slug}...{other}/?show=all",
                            f"{base}compare/?old={slug}&new={other}")
    for passage in Passage.objects.filter(version__draft__process=draft.process):
        yield f"/para/{passage.uid}"


def _body(answer):
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if not data.startswith(b"%PDF-"):
        return data.decode(errors="replace")
    pages = list(pypdfium2.PdfDocument(data))
    return "".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


@pytest.mark.parametrize("who", ["anyone", "signed in"])
def test_restricted_texts_leak_nowhere(client, planted, who):
    draft, _officer = planted
    if who == "signed in":
        client.force_login(make_user(), backend=BACKEND)
    seen = 0
    for address in _addresses(draft):
        answer = client.get(address, follow=True)
        body = _body(answer)
        seen += answer.status_code == 200
        for secret in (PHRASE, "ostrich", NAME, "municipal governments"):
            assert secret not in body, f"{address} tells {who} {secret!r}"
    assert seen > 20, "the walk saw hardly a page: it proves nothing"


def test_members_do_not_see_what_is_for_named_people_or_nobody_yet(client, planted):
    draft, _officer = planted
    client.force_login(user_of(make_delegate()), backend=BACKEND)
    process = draft.process.slug
    found = {slug: client.get(f"/en/p/{process}/d/outcome/{slug}/").status_code
             for slug in ("zero", "inner", "named", "rev2", "next")}
    assert found == {"zero": 200, "inner": 200, "named": 404, "rev2": 200, "next": 404}


def test_planted_phrase_can_be_found_by_those_who_may(client, planted):
    """Else the walk above would pass on a broken site."""
    draft, officer = planted
    client.force_login(user_of(officer), backend=BACKEND)
    telling = [address for address in _addresses(draft) if PHRASE in _body(client.get(address, follow=True))]
    base = f"/en/p/{draft.process.slug}/d/outcome/"
    for address in (f"{base}inner/", f"{base}inner/file/en", f"{base}compare/zero...inner/", f"{base}inner/3",
                    f"{base}next/preview/", "/en/search/?q=third+matter"):
        assert address in telling, address
    for address in (f"{base}inner/cities/", f"{base}inner/cities.pdf"):
        assert "municipal governments" in _body(client.get(address)), address


def test_restricted_pages_stay_out_of_caches(client, planted):
    draft, officer = planted
    client.force_login(user_of(officer), backend=BACKEND)
    base = f"/en/p/{draft.process.slug}/d/outcome/"
    for address in ("inner/", "inner/1", "inner/file/en", "compare/zero...inner/", "next/preview/"):
        assert "no-store" in client.get(base + address).get("Cache-Control", ""), address
    assert "no-store" not in client.get(f"{base}zero/").get("Cache-Control", "")


def test_the_walk_knows_every_address_of_the_room(planted):
    draft, _ = planted
    paths = {address.partition("?")[0].replace("/fr/", "/en/") for address in _addresses(draft)}
    walked = {get_resolver().resolve(path).view_name for path in paths}
    inside = {name for name, roles in DOORS.items() if ANYONE not in roles}
    assert walked | inside == set(DOORS), "an address is missing in this walk"
    assert reverse("front") == "/en/"
