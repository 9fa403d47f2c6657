"""S2: a permalink of a paragraph that a corrected file no longer has, or has in other words, still says what stood there."""  # noqa: E501

import pytest
from django.utils import timezone
from tests.factories import make_document, make_draft, make_officer, make_organisation, make_preview, make_process

from tribune.watch import actions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRST = """1. Invites local authorities to connect every school and library of the lakes by the year 2032.

2. Encourages the exchange of pupils between towns that are twinned with each other across the lakes.

3. Recognizes the role of museums.
"""
SECOND = FIRST.replace("2. Encourages", "2. Strongly encourages").replace("\n3. Recognizes the role of museums.\n", "")


@pytest.fixture
def uids(live_server, settings, work):
    settings.BASE_URL = live_server.url
    officer = make_officer(make_organisation(name="Hub of the lakes"))
    process = make_process(organisation_id=min(officer.officer_of), slug="lakes", name="Conference of the Lakes",
                           names={"ar": "مؤتمر البحيرات"})
    version = make_preview(by=officer, draft=make_draft(process), slug="zero", name="Zero draft", file_name="zero.txt",
                           document=make_document(FIRST), file=FIRST.encode())
    version = actions.publish_version(version=version, distribution="public", by=officer, at=timezone.now(),
                                      public_because="Read out in the plenary.")
    found = dict(version.passages.values_list("path", "uid"))
    rendition = version.renditions.get()
    actions.reread_rendition(rendition=rendition, document=make_document(SECOND), file_name="corrected.txt",
                             file=SECOND.encode(), seen=rendition.sha256, by=officer, at=timezone.now())
    while work():
        pass
    return found


@pytest.mark.parametrize(("width", "language", "scripts"), [(1280, "en", True), (390, "en", False), (390, "ar", True)])
def test_a_link_to_it_never_ends(uids, open_page, no_violation, picture, width, language, scripts):
    page = open_page(width=width, language=language, scripts=scripts)
    for name, path, words in (("retired", "3", "Recognizes the role of museums."), ("reworded", "2", "Strongly")):
        page.goto(f"/para/{uids[path]}")
        assert words in page.locator("main").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= width + 1, name
        picture(page, f"s2-{name}-{width}-{language}")
        if scripts:
            no_violation(page)
