"""Addresses of this room that bear no language."""

from django.urls import path

from .views import digests, naming, texts

urlpatterns = [
    path("embed/p/<slug:process>/d/<slug:draft>/<slug:version>/cities/", naming.embed, name="naming_embed"),
    path("para/<slug:uid>", texts.passage, name="passage"),
    path("digest/stop/<str:secret>/", digests.stop, name="stop_digest"),
]
