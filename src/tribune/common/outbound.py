"""The one door through which the platform fetches from outside (GROUND.md, Plumbing).

Resolves once and connects to that very address, so that a name cannot point elsewhere between check and use;
refuses private, link-local, mapped and metadata ranges; follows no redirect; caps time and bytes.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from tribune.common.refusals import Refusal


class NotFetched(Refusal):
    """Nothing was fetched; says why."""

    status = 422


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back: HTTP status, media type without parameters, body."""

    status: int
    media_type: str
    body: bytes


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        # ::ffff:10.0.0.1, 2002:0a00:: and 64:ff9b::10.0.0.1 are other ways of writing a private address.
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is not None:
            return _is_public(str(inner))
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return _is_public(str(ipaddress.ip_address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast


def resolve(host: str, port: int) -> tuple[int, str]:
    """Return (family, address) of a host name whose every address is public. Raises NotFetched."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotFetched(_("The address %(host)s is not known. Check how it is written.") % {"host": host}) from error
    addresses = [(int(family), str(place[0])) for family, _type, _proto, _name, place in found]
    if not all(_is_public(address) for _family, address in addresses):
        raise NotFetched(_("The address %(host)s lies inside a private network and is not fetched.") % {"host": host})
    return addresses[0]


class _Pinned(http.client.HTTPSConnection):
    """HTTPS to an address resolved before, with the certificate checked against the name."""

    def __init__(self, host: str, port: int, *, family: int, address: str, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout, context=ssl.create_default_context())
        self._family, self._address = family, address

    def connect(self) -> None:
        bare = socket.socket(self._family, socket.SOCK_STREAM)
        bare.settimeout(self.timeout)
        bare.connect((self._address, self.port))
        self.sock = self._context.wrap_socket(bare, server_hostname=self.host)  # type: ignore[attr-defined]


def fetch(address: str, *, most_bytes: int = 60 * 1024 * 1024, seconds: float = 20) -> Fetched:
    """Fetch a public HTTPS address. Raises NotFetched for any other scheme, private places, size and time."""
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or parts.username:
        raise NotFetched(_("Only addresses that begin with https:// are fetched."))
    port = parts.port or 443
    family, place = resolve(parts.hostname, port)
    connection = _Pinned(parts.hostname, port, family=family, address=place, timeout=seconds)
    try:
        connection.request("GET", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
                           headers={"User-Agent": "Tribune", "Accept-Encoding": "identity"})
        answer = connection.getresponse()
        if 300 <= answer.status < 400:
            raise NotFetched(_("The address points on to another one. Write that one instead."))
        body = answer.read(most_bytes + 1)
    except (OSError, http.client.HTTPException) as error:
        raise NotFetched(_("The address did not answer. Try again later, or upload the file.")) from error
    finally:
        connection.close()
    if len(body) > most_bytes:
        raise NotFetched(_("The file is larger than %(megabytes)d MB.") % {"megabytes": most_bytes // 1024 // 1024})
    return Fetched(answer.status, (answer.headers.get_content_type() or ""), body)


def is_inside(host: str) -> bool:
    """Whether a host name leads into this machine or a private network."""
    try:
        resolve(host, 443)
    except NotFetched:
        return True
    return False


def post_json(address: str, body: Any, *, headers: Mapping[str, str] | None = None, seconds: float = 60,
              most_bytes: int = 1024 * 1024) -> Fetched:
    """Send JSON to an address **from configuration** and return what it answers.

    Only for what whoever runs the instance wrote down: it may lie inside a private network, and there, but nowhere
    else, without HTTPS. No redirect is followed; size and time are capped. Raises NotFetched.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise NotFetched(_("Write an address that begins with https://, or http:// inside your own network."))
    if parts.scheme == "http" and not is_inside(parts.hostname):
        raise NotFetched(_("An address outside your own network must begin with https://."))
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(parts.hostname, parts.port or 443, timeout=seconds,
                                                 context=ssl.create_default_context())
    else:
        connection = http.client.HTTPConnection(parts.hostname, parts.port or 80, timeout=seconds)
    try:
        connection.request("POST", parts.path or "/", body=json.dumps(body, ensure_ascii=False).encode(),
                           headers={"User-Agent": "Tribune", "Content-Type": "application/json",
                                    "Accept-Encoding": "identity", **(headers or {})})
        answer = connection.getresponse()
        said = answer.read(most_bytes + 1)
    except (OSError, http.client.HTTPException) as error:
        raise NotFetched(_("The address did not answer. Try again later.")) from error
    finally:
        connection.close()
    if len(said) > most_bytes:
        raise NotFetched(_("The answer is larger than %(kilobytes)d kB.") % {"kilobytes": most_bytes // 1024})
    return Fetched(answer.status, (answer.headers.get_content_type() or ""), said)
