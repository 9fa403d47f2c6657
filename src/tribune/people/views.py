"""Doors of the people room."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tribune.common import slots
from tribune.common.refusals import Refusal

from . import actions, queries, tokens
from .forms import CityForm, InvitationForm, JoinForm, ProfileForm
from .models import City, Membership, Organisation, User
from .rules import may_change_city, may_invite_to_city, may_invite_to_organisation, may_keep_cities

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_safe
def cities(request: HttpRequest) -> HttpResponse:
    viewer = queries.viewer_of(request)
    listed = list(queries.all_cities())
    return render(request, "people/cities.html", {
        "cities": listed, "n_cities": sum(city.kind == "city" for city in listed),
        "n_regions": sum(city.kind == "region" for city in listed), "may_add": may_keep_cities(viewer)})


@require_safe
def city(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = queries.viewer_of(request)
    found = get_object_or_404(City, slug=slug)
    return render(request, "people/city.html", {
        "city": found, "sections": slots.ask("city.sections", [found.public_id], viewer)[found.public_id],
        "may_change": may_change_city(viewer, found.pk),
        "may_invite": may_invite_to_city(viewer, found.pk, has_delegate=queries.has_delegate(found.pk))})


@require_http_methods(["GET", "POST"])
def new_city(request: HttpRequest) -> HttpResponse:
    form = CityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_city(slug=form.slug(), by=queries.viewer_of(request), at=timezone.now(),
                                    **form.cleaned_data)
            return redirect("people:city", made.slug)
        except Refusal as refusal:
            form.add_error("name", str(refusal))
    return render(request, "people/form.html", {
        "form": form, "heading": _("Add a local or regional government"), "button": _("Add"),
        "next": _("Then invite its first delegate.")}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change_city(request: HttpRequest, slug: str) -> HttpResponse:
    """Correct the facts about a city; the address on file is for officers."""
    viewer = queries.viewer_of(request)
    found = get_object_or_404(City, slug=slug)
    if not may_change_city(viewer, found.pk):
        return render(request, "refusal.html",
                      {"words": _("Only a delegate of this city or an officer corrects its facts.")}, status=403)
    form = CityForm(request.POST or None, instance=City.objects.get(pk=found.pk),
                    keeps_address=may_keep_cities(viewer))
    if request.method == "POST" and form.is_valid():
        actions.change_city(city=found, **form.cleaned_data, by=viewer, at=timezone.now())
        messages.info(request, _("Kept."))
        return redirect("people:city", slug)
    return render(request, "people/form.html", {
        "form": form, "heading": _("Facts about %(city)s") % {"city": found}, "button": _("Keep these"),
        "next": _("Shown on the city’s page and used when voices are counted by region, size and income.")},
                  status=422 if form.errors else 200)


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = queries.viewer_of(request)
    found = get_object_or_404(Organisation, slug=slug)
    return render(request, "people/organisation.html", {
        "organisation": found, "may_invite": may_invite_to_organisation(viewer, found.pk)})


def _may_see_people(request: HttpRequest, city: City) -> bool:
    return may_invite_to_city(queries.viewer_of(request), city.pk, has_delegate=queries.has_delegate(city.pk))


@require_http_methods(["GET", "POST"])
def city_people(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(City, slug=slug)
    return _people(request, found, {"city": found}, _may_see_people(request, found))


@require_http_methods(["GET", "POST"])
def organisation_people(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Organisation, slug=slug)
    return _people(request, found, {"organisation": found},
                   may_invite_to_organisation(queries.viewer_of(request), found.pk))


def _people(request: HttpRequest, place: City | Organisation, where: dict[str, Any], allowed: bool) -> HttpResponse:
    if not allowed:
        return render(request, "refusal.html",
                      {"words": _("Only the delegates and officers of %(place)s see its people.") % {"place": place}},
                      status=403)
    form = InvitationForm(request.POST or None, for_city="city" in where)
    if request.method == "POST" and form.is_valid():
        actions.invite(**form.cleaned_data, **where, by=queries.viewer_of(request), at=timezone.now(),
                       language=request.LANGUAGE_CODE)
        messages.info(request, _("An invitation is on its way to %(email)s. It is valid for 14 days.")
                      % {"email": form.cleaned_data["email"]})
        return redirect(request.path)
    rows = Membership.objects.filter(**where).select_related("user").order_by("role", "user__name")
    return render(request, "people/people.html", {"place": place, "memberships": rows, "form": form},
                  status=422 if form.errors else 200)


@require_POST
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.select_related("city", "organisation"), pk=pk)
    place = membership.city or membership.organisation
    actions.end_membership(membership=membership, by=queries.viewer_of(request), at=timezone.now())
    messages.info(request, _("The membership has ended. What the person wrote stays."))
    if isinstance(place, City):
        return redirect("people:city", place.slug)
    return redirect("people:me")


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Show who invites on GET; join on POST only, since mail scanners fetch links."""
    now = timezone.now()
    token = tokens.look_at(secret, at=now, purpose=actions.INVITATION)
    details = token.details
    known = User.objects.filter(email=details["email"]).exclude(name="").first()
    place = (City.objects.filter(pk=details["city"]).first()
             or Organisation.objects.filter(pk=details["organisation"]).first())
    form = JoinForm(request.POST or None, initial={"name": known.name if known else ""})
    if request.method == "POST" and form.is_valid():
        user = actions.accept_invitation(secret=secret, name=form.cleaned_data["name"], at=now)
        login(request, user, backend=BACKEND)
        return redirect("people:me")
    response = render(request, "people/invitation.html", {
        "form": form, "place": place, "service": details["service"], "role": details["role"],
        "email": details["email"], "expires_at": token.expires_at}, status=422 if form.errors else 200)
    # docs/decisions/0004: never the address, so never the secret.
    response["Referrer-Policy"] = "strict-origin"
    return response


@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    viewer = queries.viewer_of(request)
    user = get_object_or_404(User, pk=viewer.user_id)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        actions.change_profile(**form.cleaned_data, by=viewer, at=timezone.now())
        messages.info(request, _("Kept."))
        return redirect("people:me")
    memberships = Membership.objects.filter(user=user).select_related("city", "organisation").order_by("pk")
    return render(request, "people/me.html", {
        "form": form, "memberships": memberships, "person": user,
        "sections": slots.ask("me.sections", [user.public_id], viewer)[user.public_id]},
                  status=422 if form.errors else 200)
