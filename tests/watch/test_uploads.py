"""Files that arrive: read at once or by the worker, with progress; refused in words; kept when somebody was faster."""

import json
import re
import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.urls import reverse
from django.utils import timezone
from tests.common.reading.test_scans import scanned
from tests.engine.text import samples
from tests.factories import NOW, make_delegate, make_draft, make_officer, make_process, user_of

from tribune.common.reading import can_recognise
from tribune.watch import actions, reader
from tribune.watch.importing import Upload
from tribune.watch.models import Version
from tribune.watch.refusals import NotYourProcess, UploadUsed

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TEXT = b"1. We resolve to involve local authorities.\n\n2. We commit to schools.\n"
pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def draft(officer):
    return make_draft(make_process(organisation_id=min(officer.officer_of)))


@pytest.fixture
def desk(client, officer):
    client.force_login(user_of(officer), backend=BACKEND)
    return client


def send(desk, draft, data=TEXT, name="text.txt", slug="zero", **fields):
    return desk.post(reverse("watch:import", args=[draft.process.slug, draft.slug]), {
        "file": SimpleUploadedFile(name, data), "language": "en", "status": "official", "name": slug, "slug": slug,
        "dated_on": "2027-03-04", "stage": "zero_draft", **fields})


def receive(draft, officer, data=TEXT, slug="zero", purpose="version", **more):
    return actions.receive_upload(
        draft=draft, purpose=purpose, language="en", file_name="text.txt", file=data, by=officer, at=NOW,
        fields={"name": slug, "slug": slug, "stage": "zero_draft", "dated_on": NOW.date(), "status": "official"},
        **more)


def test_a_small_file_is_read_while_its_sender_waits(desk, draft):
    answer = send(desk, draft)
    version = Version.objects.get()
    assert answer["Location"].endswith(f"/{version.slug}/preview/?text=en")
    upload = Upload.objects.get()
    assert (upload.state, upload.version, upload.document) == ("used", version, None)


def test_a_large_file_waits_for_the_worker_and_shows_how_far_it_is(desk, draft, settings):
    settings.FILE_LIMITS = {**settings.FILE_LIMITS, "at_once_mb": 0}
    answer = send(desk, draft)
    upload = Upload.objects.get()
    assert answer["Location"] == reverse("watch:upload", args=[upload.public_id])
    page = desk.get(answer["Location"]).content.decode()
    assert "waits for its turn" in page
    assert 'http-equiv="refresh"' in page
    Upload.objects.update(state="reading", n_pages=1500, n_pages_read=312)
    part = desk.get(answer["Location"] + "?part=1").content.decode()
    assert "Page 312 of 1500" in re.sub(r"[,. ](?=\d)", "", part).replace("Page312", "Page 312").replace(
        "of1500", "of 1500") or "312" in part
    assert len(part) < 2_000
    Upload.objects.update(state="waiting")
    reader.read_upload(upload.pk)
    reader.read_upload(upload.pk)
    assert Version.objects.get().renditions.get().n_paragraphs == 2
    assert "The file is in use" in desk.get(answer["Location"]).content.decode()


def test_reading_can_be_stopped(desk, draft, officer, monkeypatch, django_capture_on_commit_callbacks):
    upload = receive(draft, officer, samples.pdf([[f"{n}. Page {n}."] * 30 for n in range(300)]))

    def stop(*args, **kwargs):
        actions.cancel_upload(upload=upload, by=officer, at=NOW)
        return real(*args, **kwargs)

    monkeypatch.setattr(reader, "_TELL", 0.0)
    real = reader.read_document
    monkeypatch.setattr(reader, "read_document", stop)
    reader.read_upload(upload.pk)
    upload.refresh_from_db()
    assert upload.state == "cancelled"
    assert not Version.objects.exists()
    with pytest.raises(UploadUsed):
        actions.cancel_upload(upload=upload, by=officer, at=NOW)


@pytest.mark.parametrize(("data", "name", "words"), [
    (b"", "empty.pdf", ""), (b"   \n ", "empty.txt", "no text in this file"),
    (samples.encrypted_pdf(), "locked.pdf", "locked with a password"),
    (b"%PDF-1.7 nothing", "broken.pdf", "damaged"), (samples.bomb_docx(), "bomb.docx", "unpacks to far more"),
    (b"<akomaNtoso>" + b"<a>" * 10_000 + b"</a>" * 10_000 + b"</akomaNtoso>", "deep.xml", "nested too deeply"),
    (b'<!DOCTYPE a [<!ENTITY b "&b;">]><akomaNtoso>&b;</akomaNtoso>', "cyclic.xml", "entities"),
    (bytes(range(256)) * 40, "noise.bin", "none of the files"),
])
def test_what_cannot_be_read_is_said_at_the_field(desk, draft, data, name, words):
    answer = send(desk, draft, data, name)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert not Version.objects.exists()
    assert not Upload.objects.filter(state__in=["waiting", "reading", "read"]).exists()


def test_deep_html_is_read_or_refused_and_the_server_lives(desk, draft):
    answer = send(desk, draft, b"<html><body>" + b"<div>" * 10_000 + b"1. We act." + b"</div>" * 10_000, "deep.html")
    assert answer.status_code in (302, 422)


def test_a_wrong_extension_is_a_warning_in_words(desk, draft):
    answer = send(desk, draft, TEXT, "text.pdf")
    page = desk.get(answer["Location"]).content.decode()
    assert "The name ends in .pdf, but the file is plain text" in page


@pytest.mark.skipif(not can_recognise("en"), reason="Tesseract is not installed")
def test_a_scan_is_read_by_ocr_when_an_officer_says_so(desk, draft):
    answer = send(desk, draft, scanned(), "scan.pdf")
    upload = Upload.objects.get()
    assert answer["Location"] == reverse("watch:upload", args=[upload.public_id])
    page = desk.get(answer["Location"]).content.decode()
    assert "it is a scan" in page
    assert "Recognise its letters" in page
    desk.post(reverse("watch:decide", args=[upload.public_id]), {"act": "recognise"})
    reader.read_upload(upload.pk)
    rendition = Version.objects.get().renditions.get()
    assert rendition.by_ocr
    assert next(one["code"] for one in rendition.warnings) == "ocr"
    page = desk.get(reverse("watch:preview", args=[draft.process.slug, draft.slug, "zero"])).content.decode()
    assert "read by OCR" in page
    assert "letters and numbers may be wrong" in page


def test_of_two_uploads_of_one_version_the_second_is_told_and_kept(desk, draft, officer):
    send(desk, draft)
    second = send(desk, draft, b"1. We resolve to involve regional authorities too.\n\n3. We add.\n")
    upload = Upload.objects.get(state="read")
    assert second["Location"] == reverse("watch:upload", args=[upload.public_id])
    page = desk.get(second["Location"]).content.decode()
    assert "Somebody was faster" in page
    assert "kept here" in page
    decide = reverse("watch:decide", args=[upload.public_id])
    desk.post(decide, {"act": "instead"})
    page = desk.get(second["Location"]).content.decode()
    assert "Put the corrected file in place" in page
    [seen] = re.findall(r'name="seen" value="(\w+)"', page)
    desk.post(decide, {"act": "confirm", "seen": seen})
    assert "regional authorities" in Version.objects.get().renditions.get().paragraphs.first().text
    assert "The corrected file is in place" in desk.get(second["Location"]).content.decode()


def test_or_it_gets_another_name(desk, draft):
    send(desk, draft)
    send(desk, draft, TEXT + b"\n3. We add.\n")
    upload = Upload.objects.get(state="read")
    decide = reverse("watch:decide", args=[upload.public_id])
    assert desk.post(decide, {"act": "rename", "name": "Zero", "slug": "zero"}).status_code == 422
    desk.post(decide, {"act": "rename", "name": "Second", "slug": "second"})
    assert sorted(Version.objects.values_list("slug", flat=True)) == ["second", "zero"]


def test_a_corrected_file_is_shown_before_it_counts(desk, draft, officer):
    send(desk, draft)
    version = Version.objects.get()
    address = reverse("watch:reread", args=[draft.process.slug, draft.slug, "zero", "en"])
    answer = desk.post(address, {"file": SimpleUploadedFile("better.txt", b"1. We commit to schools.\n\n2. New.\n")})
    page = desk.get(answer["Location"]).content.decode()
    assert "One place would go" in page
    assert "local authorities" in page
    assert version.renditions.get().file_name == "text.txt", "nothing happens before the officer says so"


def test_only_officers_of_the_organisation(client, draft, officer):
    upload = receive(draft, officer)
    for stranger in (make_officer(), make_delegate()):
        client.force_login(user_of(stranger), backend=BACKEND)
        assert client.get(reverse("watch:upload", args=[upload.public_id])).status_code in (403, 404)
        assert client.post(reverse("watch:decide", args=[upload.public_id]), {"act": "cancel"}).status_code in (403, 404)  # noqa: E501
        with pytest.raises(NotYourProcess):
            receive(draft, stranger)
        with pytest.raises(NotYourProcess):
            actions.cancel_upload(upload=upload, by=stranger, at=NOW)


def test_old_files_are_thrown_away_and_lost_ones_taken_up_again(draft, officer, tmp_path):
    old, lost = receive(draft, officer), receive(draft, officer, slug="rev1")
    reader.throw_away_old(NOW + timedelta(days=15))
    assert not Upload.objects.exists()
    assert not list(tmp_path.rglob("*.bin"))
    lost = receive(draft, officer)
    Upload.objects.filter(pk=lost.pk).update(state="reading", started_at=NOW)
    reader._take_back(NOW + timedelta(hours=1))
    lost.refresh_from_db()
    assert lost.state == "waiting"
    assert old.pk != lost.pk


@pytest.mark.django_db(transaction=True)
def test_two_at_the_very_same_moment_lose_nothing(draft, officer):
    """Both were read; both try to become the version "zero" in two threads."""
    uploads = [receive(draft, officer, TEXT), receive(draft, officer, TEXT + b"\n3. We add.\n")]
    for upload in uploads:
        Upload.objects.filter(pk=upload.pk).update(state="reading")
        document = reader._document_of(upload)
        assert actions.keep_document(upload=upload, document=document, at=NOW)

    def use(upload):
        try:
            reader.settle(Upload.objects.get(pk=upload.pk))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=use, args=[upload]) for upload in uploads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Version.objects.count() == 1
    assert sorted(Upload.objects.values_list("state", "code")) == [("read", "preview_there"), ("used", "")]
    kept = Upload.objects.get(state="read")
    assert json.dumps(kept.document)
    assert kept.file.read()


@pytest.mark.django_db(transaction=True)
def test_the_worker_reads_beside_itself(draft, officer):
    receive(draft, officer)
    reader.read_waiting(timezone.now())
    reader.finish()
    assert Version.objects.count() == 1
