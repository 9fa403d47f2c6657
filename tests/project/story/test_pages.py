"""The loaded story seen from the front page: every page answers, says that it is a sample, and asks little."""

from __future__ import annotations

import re
from collections import deque
from html import unescape
from urllib.parse import urldefrag, urljoin

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

LINK = re.compile(r'<a\b[^>]*?\shref="([^"]+)"')
MOST = 300


def crawl(start: str) -> dict[str, tuple[int, str]]:
    """Follow links breadth first, inside one language; return status and words of each page, at most MOST of them."""
    found: dict[str, tuple[int, str]] = {}
    waiting = deque([start])
    client = Client()
    while waiting and len(found) < MOST:
        address = waiting.popleft()
        if address in found:
            continue
        answer = client.get(address, follow=True)
        html = answer.headers.get("Content-Type", "").startswith("text/html")
        found[address] = answer.status_code, answer.content.decode() if html and not answer.streaming else ""
        for href in LINK.findall(found[address][1]):
            target = urldefrag(urljoin(address, unescape(href))).url
            if target.startswith(start) and target not in found:
                waiting.append(target)
    return found


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_from_the_front_page_answers_and_says_sample(
        story: list[str], settings: object, language: str) -> None:
    settings.SAMPLE = True  # type: ignore[attr-defined]
    found = crawl(f"/{language}/")
    assert len(found) > 60
    assert not {address: status for address, (status, _) in found.items() if status != 200}
    pages = {address: words for address, (_, words) in found.items() if words}
    assert len(pages) > 50
    assert not [address for address, words in pages.items() if 'class="sample"' not in words]


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
def test_a_page_asks_the_database_at_most_twelve_times(
        story: list[str], client: Client, page: str, django_assert_max_num_queries: object) -> None:
    name, arguments = ADDRESSES[page]
    code = "zh-hans" if "Chinese" in page else "en"
    with translation.override(code):
        address = reverse(name, args=arguments)
    with django_assert_max_num_queries(12) as asked:  # type: ignore[operator]
        assert client.get(address).status_code == 200
    print(f"{page}: {len(asked.captured_queries)} queries")
