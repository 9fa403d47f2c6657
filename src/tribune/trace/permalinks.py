"""Addresses of this room that bear no language."""

from django.urls import path

from .views import city

urlpatterns = [path("embed/city/<slug:slug>/", city.city_embed, name="city_embed")]
