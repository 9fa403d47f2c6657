"""Addresses of this room that bear no language."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
