"""How people sign in: a code by e-mail. Accounts are made by invitation, not by whoever comes along."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    """Closes self-registration: residents need no account, cities and organisations invite theirs."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        return bool(url) and super().is_safe_url(url)
