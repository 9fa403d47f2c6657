"""Signing in and out: allauth's doors by code, under our own addresses."""

from allauth.account import views
from django.urls import path
from django.views.generic import RedirectView, TemplateView

urlpatterns = [
    path("sign-in/", views.request_login_code, name="account_request_login_code"),
    path("sign-in/code/", views.confirm_login_code, name="account_confirm_login_code"),
    path("sign-out/", views.logout, name="account_logout"),
    # Names that allauth links to: there are no passwords, and nobody registers alone.
    path("log-in/", RedirectView.as_view(pattern_name="account_request_login_code", query_string=True),
         name="account_login"),
    path("join/", TemplateView.as_view(template_name="account/join.html"), name="account_signup"),
]
