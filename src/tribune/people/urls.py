from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("cities/", views.cities, name="cities"),
    path("cities/new/", views.new_city, name="new_city"),
    path("city/<slug:slug>/", views.city, name="city"),
    path("city/<slug:slug>/facts/", views.change_city, name="change_city"),
    path("city/<slug:slug>/people/", views.city_people, name="city_people"),
    path("org/<slug:slug>/", views.organisation, name="organisation"),
    path("org/<slug:slug>/people/", views.organisation_people, name="organisation_people"),
    path("membership/<int:pk>/end/", views.end_membership, name="end_membership"),
    path("me/", views.me, name="me"),
]
