from django.urls import path

from .views import calendar, compare, desk, front, texts

app_name = "watch"

_VERSION = "p/<slug:process>/d/<slug:draft>/<slug:version>/"

urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar.ics", calendar.ics, name="calendar_ics"),
    path("calendar.atom", calendar.atom, name="calendar_atom"),
    path("drafts/", front.drafts, name="drafts"),
    path("p/new/", desk.new_process, name="new_process"),
    path("p/<slug:slug>/", front.process, name="process"),
    path("p/<slug:slug>/calls/new/", desk.new_call, name="new_call"),
    path("p/<slug:slug>/calls/<slug:call>/move/", desk.move_deadline, name="move_deadline"),
    path("p/<slug:slug>/d/new/", desk.new_draft, name="new_draft"),
    path("p/<slug:process>/d/<slug:draft>/", texts.draft, name="draft"),
    path("p/<slug:process>/d/<slug:draft>/import/", desk.import_version, name="import"),
    path("p/<slug:process>/d/<slug:draft>/compare/", compare.choose, name="choose"),
    path("p/<slug:process>/d/<slug:draft>/compare/<slug:old>...<slug:new>/", compare.compare, name="compare"),
    path("p/<slug:process>/d/<slug:draft>/compare/<slug:old>...<slug:new>/check/", compare.check, name="check"),
    path(_VERSION, texts.version, name="version"),
    path(_VERSION + "file/<slug:language>", texts.file, name="file"),
    path(_VERSION + "preview/", desk.preview, name="preview"),
    path(_VERSION + "preview/publish/", desk.publish, name="publish"),
    path(_VERSION + "preview/discard/", desk.discard, name="discard"),
    path(_VERSION + "preview/file/<slug:language>", desk.preview_file, name="preview_file"),
    path(_VERSION + "language/", desk.add_language, name="add_language"),
    path(_VERSION + "<str:path>", texts.paragraph, name="paragraph"),
]
