"""A file of 1,500 pages: read beside the worker with its progress, and stopped while it is read."""

import io
import threading
import time

import pytest
import typst
from django.db import connections
from django.utils import timezone
from tests.factories import NOW, make_draft, make_officer, make_process

from tribune.watch import actions, reader
from tribune.watch.importing import Upload
from tribune.watch.models import Paragraph, Version

PAGES = 1_500
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def file() -> bytes:
    """A PDF of 1,500 pages with two numbered paragraphs each."""
    source = f"""#set page(paper: "a5")
#let words = ("rivers", "schools", "forests", "harbours", "clinics", "bridges", "wells", "archives", "markets", "roads")
#let said(n) = words.at(calc.rem(n, 10)) + " and " + words.at(calc.rem(calc.quo(n, 10), 10)) + " beside "
#let more(n) = said(n) + words.at(calc.rem(calc.quo(n, 100), 10)) + if n < 1000 {{ " north" }} else {{ " south" }}
#for n in range({PAGES}) {{
  par[#(2 * n + 1). Invites local authorities to look after #more(n) with their shores.]
  v(calc.rem(n, 7) * 20pt)
  par[#(2 * n + 2). Calls upon all States to support, in good faith, #more(1499 - n).]
  pagebreak(weak: true)
}}"""
    out = io.BytesIO()
    out.write(typst.compile(source.encode(), format="pdf"))
    return out.getvalue()


def _sent(file, officer, draft, slug):
    return actions.receive_upload(
        draft=draft, purpose="version", language="en", file_name="long.pdf", file=file, by=officer, at=NOW,
        fields={"name": slug, "slug": slug, "stage": "zero_draft", "dated_on": NOW.date(), "status": "official"})


def _reading(upload):
    def read():
        try:
            reader.read_upload(upload.pk)
        finally:
            connections.close_all()

    thread = threading.Thread(target=read)
    thread.start()
    return thread


def test_1500_pages_are_read_with_progress(file, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    settings.FILE_LIMITS = {**settings.FILE_LIMITS, "seconds": 300}
    monkeypatch.setattr(reader, "_TELL", 0.1)
    officer = make_officer()
    draft = make_draft(make_process(organisation_id=min(officer.officer_of)))
    upload = _sent(file, officer, draft, "zero")
    thread, seen = _reading(upload), set()
    while thread.is_alive():
        seen.add(Upload.objects.get(pk=upload.pk).n_pages_read)
        time.sleep(0.1)
    thread.join()
    upload.refresh_from_db()
    assert (upload.state, upload.code) == ("used", "")
    assert len(seen) > 2, seen
    version = Version.objects.get()
    assert version.renditions.get().n_pages == PAGES
    texts = list(Paragraph.objects.filter(rendition__version=version).values_list("text", flat=True))
    for words in ("Invites local authorities", "Calls upon all States"):
        assert sum(text.count(words) for text in texts) == PAGES, words


def test_1500_pages_are_stopped_on_the_way(file, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    settings.FILE_LIMITS = {**settings.FILE_LIMITS, "seconds": 300}
    monkeypatch.setattr(reader, "_TELL", 0.1)
    officer = make_officer()
    draft = make_draft(make_process(organisation_id=min(officer.officer_of)))
    upload = _sent(file, officer, draft, "zero")
    thread = _reading(upload)
    while not Upload.objects.get(pk=upload.pk).n_pages_read and thread.is_alive():
        time.sleep(0.05)
    actions.cancel_upload(upload=Upload.objects.get(pk=upload.pk), by=officer, at=timezone.now())
    thread.join()
    upload.refresh_from_db()
    assert upload.state == "cancelled"
    assert not Version.objects.exists()
