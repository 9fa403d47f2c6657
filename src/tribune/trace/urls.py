from django.urls import path

from .views import asks, city, commitments, contests, desk, ledger, memory

app_name = "trace"
urlpatterns = [
    path("asks/", asks.asks, name="asks"),
    path("ask/<slug:public_id>/", asks.ask, name="ask"),
    path("ask/<slug:public_id>/contest/<slug:verdict>/", contests.contest_verdict, name="contest_verdict"),
    path("city/<slug:slug>/asks.pdf", city.city_pdf, name="city_pdf"),
    path("city/<slug:slug>/qr.svg", city.city_qr, name="city_qr"),
    path("memory/", memory.memory, name="memory"),
    path("commitments/", commitments.commitments, name="commitments"),
    path("commitments.csv", commitments.commitments_csv, name="commitments_csv"),
    path("p/<slug:slug>/promises/", commitments.promises, name="promises"),
    path("p/<slug:slug>/promises/<slug:public_id>/", commitments.follow_up, name="follow_up"),
    path("p/<slug:slug>/ledger/", ledger.ledger, name="ledger"),
    path("p/<slug:slug>/ledger.csv", ledger.ledger_csv, name="ledger_csv"),
    path("p/<slug:slug>/ledger.xlsx", ledger.ledger_xlsx, name="ledger_xlsx"),
    path("p/<slug:slug>/ledger.json", ledger.ledger_json, name="ledger_json"),
    path("p/<slug:slug>/ledger/desk/", desk.desk, name="desk"),
    path("p/<slug:slug>/ledger/open/", desk.open_ledger, name="open_ledger"),
    path("p/<slug:slug>/ledger/close/", desk.close_ledger, name="close_ledger"),
    path("p/<slug:slug>/ledger/sign/<slug:public_id>/", desk.sign, name="sign"),
    path("p/<slug:slug>/ledger/sign/<slug:public_id>/erase/", contests.erase_reasons, name="erase_reasons"),
    path("p/<slug:slug>/ledger/contest/<slug:public_id>/", contests.contest, name="contest"),
    path("p/<slug:slug>/ledger/contest/<slug:public_id>/erase/", contests.erase_contest, name="erase_contest"),
]
