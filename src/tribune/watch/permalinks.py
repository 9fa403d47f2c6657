"""Addresses of this room that bear no language."""

from django.urls import path

from .views import digests, texts

urlpatterns = [
    path("para/<slug:uid>", texts.passage, name="passage"),
    path("digest/stop/<str:secret>/", digests.stop, name="stop_digest"),
]
