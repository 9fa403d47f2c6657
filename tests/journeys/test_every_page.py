"""Every page of the sample story: no violation, no sideways scroll, light enough, nothing from elsewhere.

Language, width and theme rotate by the page and the day of the year, so that each run sees another part of the
whole and a week sees most of it; the full ring walks the whole matrix.
"""

from __future__ import annotations

import gzip
import os
import zlib
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from playwright.sync_api import Response

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGUAGES = [code for code, _name in django_settings.LANGUAGES]
FIRST_VIEW = 100_000


def _turn(path: str) -> tuple[str, int, str]:
    n = zlib.crc32(path.encode()) + timezone.now().timetuple().tm_yday
    return LANGUAGES[n % len(LANGUAGES)], (1280, 390)[n // 6 % 2], ("light", "dark")[n // 12 % 2]


def _crawl(client, start: str, most: int) -> list[str]:
    """Paths without language that are linked from `start`, one of each kind of page."""
    import re

    seen, kinds, queue, found = {start}, set(), [start], []
    while queue and len(found) < most:
        path = queue.pop(0)
        answer = client.get(path)
        if answer.status_code != 200 or "text/html" not in answer.headers.get("Content-Type", ""):
            continue
        kind = (answer.resolver_match.view_name, tuple(sorted(answer.request["QUERY_STRING"].split("=")[:1])))
        if kind not in kinds:
            kinds.add(kind)
            found.append(path.removeprefix("/en"))
        for href in re.findall(r'href="(/en/[^"#]*)"', answer.content.decode()):
            if href not in seen:
                seen.add(href)
                queue.append(href)
        if len(seen) > 600:
            break
    return found


@pytest.fixture
def story(work):
    from tribune.project.story import load, logins

    load(now=timezone.now())
    return {login.role: login.email for login in logins()}


@pytest.mark.parametrize("who", ["anyone", "hub officer"])
def test_every_kind_of_page(open_page, story, client, live_server, no_violation, picture, settings, who):
    from tribune.people.models import User

    settings.SAMPLE = True
    user = None if who == "anyone" else User.objects.get(email=story[who])
    if user:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    pages = _crawl(client, "/en/", 45)
    assert len(pages) > 15
    screens: dict[tuple[int, str], object] = {}
    for path in pages:
        language, width, theme = _turn(path)
        page = screens.get((width, theme))
        if page is None:
            page = screens[width, theme] = open_page(width=width, theme=theme)
            if user:
                page.context.add_cookies([{
                    "name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                    "domain": urlsplit(live_server.url).hostname, "path": "/"}])
        answer = page.goto(f"/{language}{path}")
        assert answer.status == 200, f"{answer.status} at {language} {path}"
        assert page.get_attribute("html", "lang") == language
        no_violation(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} px wider than {width}"
        if os.environ.get("TRIBUNE_PICTURES"):
            name = path.strip("/").replace("/", "_").replace("?", "-")[:60] or "front"
            picture(page, f"every-{name}-{language}-{width}")


def test_first_view_is_light(chromium, story, live_server):
    """Bytes of a first visit, fonts and styles included, pictures apart (CONTRACTS.md); texts as our server
    compresses them, which the test's own server does not."""
    for path in ("/en/", "/en/drafts/", "/en/asks/", "/en/cities/", "/ar/", "/ru/"):
        context = chromium.new_context(base_url=live_server.url)
        page = context.new_page()
        answers: list[Response] = []
        page.on("response", lambda answer, answers=answers: answers.append(answer))
        page.goto(path, wait_until="networkidle")
        weight = sum(_weight(answer) for answer in answers if answer.status == 200)
        assert 10_000 < weight <= FIRST_VIEW, f"{path} weighs {weight} bytes"
        context.close()


def _weight(answer: Response) -> int:
    body = answer.body()
    kind = answer.headers.get("content-type", "")
    return len(gzip.compress(body)) if kind.startswith("text/") or "svg" in kind else len(body)
