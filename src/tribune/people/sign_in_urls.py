"""Signing in and out: allauth's doors by code, under our own addresses."""

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("sign-in/", views.request_login_code, name="account_request_login_code"),
    path("sign-in/code/", views.confirm_login_code, name="account_confirm_login_code"),
    path("sign-out/", views.logout, name="account_logout"),
]
