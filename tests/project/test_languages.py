"""The language of the interface stands in the path; who names none gets the one the browser asks for."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("asked", "path"), [
    ("fr", "/fr/"), ("ar-EG,ar;q=0.9,en;q=0.5", "/ar/"), ("zh-CN,zh;q=0.9", "/zh-hans/"), ("es-MX", "/es/"),
    ("ru,en;q=0.1", "/ru/"), ("de-CH,it;q=0.8", "/en/"), ("", "/en/"),
])
def test_the_first_page_opens_in_the_readers_language(client: Client, asked: str, path: str) -> None:
    assert client.get("/", headers={"accept-language": asked})["Location"] == path


def test_a_path_outweighs_the_browser(client: Client) -> None:
    page = client.get("/ru/cities/", headers={"accept-language": "fr"}).content.decode()
    assert '<html lang="ru" dir="ltr"' in page


@pytest.mark.parametrize("code", [code for code, _ in settings.LANGUAGES])
def test_each_page_names_itself_in_all_languages_for_readers_and_for_machines(client: Client, code: str) -> None:
    page = client.get(f"/{code}/cities/").content.decode()
    stated = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="[^"]*(/[^/"]+/cities/)"', page))
    assert {one for one, _ in settings.LANGUAGES} <= set(stated) | {"zh-hans"}
    for other, name in settings.LANGUAGES:
        assert re.search(rf'href="/{other}/cities/"', page) or other == code, f"no way to {name}"
    assert ('dir="rtl"' in page.split(">", 2)[1]) == (code == "ar")
