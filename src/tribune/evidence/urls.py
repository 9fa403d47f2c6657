from django.urls import path

from . import figures, views

app_name = "evidence"
urlpatterns = [
    path("city/<slug:slug>/indicators/", figures.indicators, name="indicators"),
    path("city/<slug:slug>/indicators.csv", figures.indicators_csv, name="indicators_csv"),
    path("city/<slug:slug>/indicators/template.csv", figures.template, name="indicators_template"),
    path("city/<slug:slug>/schools/", views.schools, name="schools"),
    path("city/<slug:slug>/schools.geojson", views.geojson, name="geojson"),
    path("city/<slug:slug>/schools.csv", views.as_csv, name="csv"),
    path("city/<slug:slug>/schools/lists/", views.bring, name="bring"),
    path("city/<slug:slug>/schools/lists/back/", views.put_back, name="put_back"),
    path("city/<slug:slug>/schools/lists/<slug:public_id>/", views.look, name="look"),
    path("city/<slug:slug>/schools/measure/", views.measure, name="measure"),
    path("city/<slug:slug>/schools/<slug:public_id>/", views.school, name="school"),
]
