"""A living page of every part of the visual language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component with real parameters."""
    return render(request, "styleguide.html")
