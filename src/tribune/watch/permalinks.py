"""Addresses of this room that bear no language."""

from django.urls import path

from .views import texts

urlpatterns = [path("para/<slug:uid>", texts.passage, name="passage")]
