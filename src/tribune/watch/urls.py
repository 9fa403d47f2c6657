from django.urls import path

from .views import calendar, compare, dates, desk, front, process, tables, texts, workbench

app_name = "watch"

_VERSION = "p/<slug:process>/d/<slug:draft>/<slug:version>/"

urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar.ics", calendar.ics, name="calendar_ics"),
    path("calendar.atom", calendar.atom, name="calendar_atom"),
    path("time-zone/", calendar.zone, name="zone"),
    path("city/<slug:slug>.ics", process.city_ics, name="city_ics"),
    path("processes/", tables.processes, name="processes"),
    path("processes.csv", tables.processes_csv, name="processes_csv"),
    path("processes/import/", tables.bring_in, name="bring_in"),
    path("processes/known/", tables.known, name="known"),
    path("drafts/", front.drafts, name="drafts"),
    path("p/new/", dates.new_process, name="new_process"),
    path("p/<slug:slug>.ics", process.ics, name="process_ics"),
    path("p/<slug:slug>.atom", process.atom, name="process_atom"),
    path("p/<slug:slug>.csv", tables.process_csv, name="process_csv"),
    path("p/<slug:slug>/", process.process, name="process"),
    path("p/<slug:slug>/edit/", dates.change_process, name="change_process"),
    path("p/<slug:slug>/follow/", process.follow, name="follow"),
    path("p/<slug:slug>/calls/new/", dates.new_call, name="new_call"),
    path("p/<slug:slug>/calls/<slug:call>/edit/", dates.change_call, name="change_call"),
    path("p/<slug:slug>/calls/<slug:call>/move/", dates.move_deadline, name="move_deadline"),
    path("p/<slug:slug>/calls/<slug:call>/put-back/", dates.put_back, name="put_back"),
    path("p/<slug:slug>/meetings/new/", dates.new_meeting, name="new_meeting"),
    path("p/<slug:slug>/meetings/<slug:meeting>/edit/", dates.change_meeting, name="change_meeting"),
    path("p/<slug:slug>/stages/new/", dates.new_stage, name="new_stage"),
    path("p/<slug:slug>/stages/<slug:stage>/edit/", dates.change_stage, name="change_stage"),
    path("p/<slug:slug>/withdraw/<slug:kind>/<slug:thing>/", dates.withdraw, name="withdraw"),
    path("p/<slug:slug>/d/new/", desk.new_draft, name="new_draft"),
    path("p/<slug:process>/d/<slug:draft>/", texts.draft, name="draft"),
    path("p/<slug:process>/d/<slug:draft>/import/", desk.import_version, name="import"),
    path("p/<slug:process>/d/<slug:draft>/compare/", compare.choose, name="choose"),
    path("p/<slug:process>/d/<slug:draft>/compare/<slug:old>...<slug:new>/", compare.compare, name="compare"),
    path("p/<slug:process>/d/<slug:draft>/compare/<slug:old>...<slug:new>/check/", compare.check, name="check"),
    path(_VERSION, texts.version, name="version"),
    path(_VERSION + "file/<slug:language>", texts.file, name="file"),
    path(_VERSION + "preview/", workbench.preview, name="preview"),
    path(_VERSION + "preview/edit/", workbench.edit, name="edit"),
    path(_VERSION + "preview/publish/", desk.publish, name="publish"),
    path(_VERSION + "preview/discard/", desk.discard, name="discard"),
    path(_VERSION + "preview/file/<slug:language>", desk.preview_file, name="preview_file"),
    path(_VERSION + "language/", desk.add_language, name="add_language"),
    path(_VERSION + "<str:path>", texts.paragraph, name="paragraph"),
]
