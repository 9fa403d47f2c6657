from django.urls import path

from . import theme_views, views

app_name = "synthesise"
urlpatterns = [
    path("p/<slug:slug>/themes/", theme_views.themes, name="themes"),
    path("p/<slug:slug>/themes/read/", theme_views.read_themes, name="read_themes"),
    path("p/<slug:slug>/themes/decide/", theme_views.decide_themes, name="decide_themes"),
    path("p/<slug:slug>/themes/names/", theme_views.ask_names, name="ask_theme_names"),
    path("p/<slug:slug>/themes/undo/", theme_views.undo_themes, name="undo_themes"),
    path("p/<slug:slug>/asks/", views.asks_of, name="asks_of"),
    path("p/<slug:slug>/asks/new/", views.new_ask, name="new_ask"),
    path("p/<slug:slug>/asks/show/", views.show_asks, name="show_asks"),
    path("p/<slug:slug>/asks/<slug:public_id>/", views.change_ask, name="change_ask"),
    path("p/<slug:slug>/asks/<slug:public_id>/evidence/", views.new_evidence, name="new_evidence"),
    path("p/<slug:slug>/asks/<slug:public_id>/sources/", views.change_sources, name="change_sources"),
]
