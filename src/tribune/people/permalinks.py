"""Addresses of this room that bear no language."""

from django.urls import path

from . import views

urlpatterns = [path("i/<str:secret>/", views.invitation, name="invitation")]
