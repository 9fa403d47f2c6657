from django.urls import path

from . import views

app_name = "synthesise"
urlpatterns = [
    path("p/<slug:slug>/asks/", views.asks_of, name="asks_of"),
    path("p/<slug:slug>/asks/new/", views.new_ask, name="new_ask"),
    path("p/<slug:slug>/asks/show/", views.show_asks, name="show_asks"),
    path("p/<slug:slug>/asks/<slug:public_id>/", views.change_ask, name="change_ask"),
    path("p/<slug:slug>/asks/<slug:public_id>/evidence/", views.new_evidence, name="new_evidence"),
    path("p/<slug:slug>/asks/<slug:public_id>/sources/", views.change_sources, name="change_sources"),
]
