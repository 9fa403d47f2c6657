from django.urls import path

from .views import asks, desk, ledger

app_name = "trace"
urlpatterns = [
    path("asks/", asks.asks, name="asks"),
    path("ask/<slug:public_id>/", asks.ask, name="ask"),
    path("p/<slug:slug>/ledger/", ledger.ledger, name="ledger"),
    path("p/<slug:slug>/ledger.csv", ledger.ledger_csv, name="ledger_csv"),
    path("p/<slug:slug>/ledger.json", ledger.ledger_json, name="ledger_json"),
    path("p/<slug:slug>/ledger/desk/", desk.desk, name="desk"),
    path("p/<slug:slug>/ledger/open/", desk.open_ledger, name="open_ledger"),
    path("p/<slug:slug>/ledger/close/", desk.close_ledger, name="close_ledger"),
    path("p/<slug:slug>/ledger/sign/<slug:public_id>/", desk.sign, name="sign"),
]
