"""A real Chromium on a real server with the worker's rounds run by hand."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

# Playwright's own loop runs in this thread; Django would otherwise refuse its database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium, or a skip with a reason."""
    path = os.environ.get("TRIBUNE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path or not Path(path).exists():
        pytest.skip("no Chromium: install it (Debian: chromium) or name it in TRIBUNE_CHROMIUM")
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def open_page(chromium: Browser, live_server: Any, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Open a page of its own person: `open_page(width=390, language="ar", scripts=False, theme="dark")`.

    Each has its own cookies. Requests that leave the server, errors in the console and answers of 500 fail
    the test at its end.
    """
    contexts, wrong = [], []

    def open_one(*, width: int = 1280, language: str = "en", scripts: bool = True, theme: str = "light") -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, locale=language, java_script_enabled=scripts,
            base_url=live_server.url, color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda asked: None if asked.url.startswith((live_server.url, "data:", "blob:"))
                else wrong.append(f"a request left the house: {asked.url}"))
        page.on("response", lambda answer: wrong.append(f"{answer.status} at {answer.url}")
                if answer.status >= 500 else None)
        page.on("console", lambda said: wrong.append(f"console: {said.text}")
                if said.type == "error" and "status of 4" not in said.text else None)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not wrong, wrong


@pytest.fixture
def work(settings: Any, live_server: Any) -> Callable[[], int]:
    """One round of the worker: events, mail, timetable."""
    settings.BASE_URL = live_server.url

    def once() -> int:
        from tribune.common.worker import work_once

        return work_once()

    return once


@pytest.fixture
def sign_in(work: Callable[[], int]) -> Callable[[Page, str], None]:
    """Sign in as people do: ask for a code, read it in the mail, type it."""

    def through_the_door(page: Page, email: str, language: str = "en") -> None:
        from tribune.common.models import Mail

        page.goto(f"/{language}/sign-in/")
        page.fill("input[type=email]", email)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(f"**/{language}/sign-in/code/")
        work()
        body = Mail.objects.filter(recipient=email).latest("pk").body
        code = next(line for line in body.splitlines() if re.fullmatch(r"[A-Z0-9-]{6,}", line.strip()))
        page.fill("input[name=code]", code.strip())
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(f"**/{language}/me/")

    return through_the_door


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keep a picture of the page where TRIBUNE_PICTURES names a folder; nothing otherwise."""
    folder = os.environ.get("TRIBUNE_PICTURES")

    def keep(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)

    return keep


@pytest.fixture
def no_violation() -> Callable[[Page], None]:
    """axe finds nothing on this page."""
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()

    def check(page: Page) -> None:
        found = axe.run(page).response["violations"]
        assert not found, "\n".join(f"{page.url}: {rule['id']}: {node['target']} {node['html'][:160]}"
                                    for rule in found for node in rule["nodes"])

    return check
