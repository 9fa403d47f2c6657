import socket

import pytest

from tribune.common.outbound import NotFetched, fetch, resolve


@pytest.mark.parametrize("address", [
    "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
    "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "2002:a00:1::", "64:ff9b::a00:1", "224.0.0.1",
])
def test_private_places_are_refused(address):
    with pytest.raises(NotFetched, match="private network"):
        resolve(address, 443)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111"])
def test_public_places_pass(address):
    assert resolve(address, 443)[1] == address


def test_a_name_with_one_private_address_is_refused(monkeypatch):
    def both(host, port, type):
        return [(socket.AF_INET, type, 6, "", ("8.8.8.8", port)), (socket.AF_INET, type, 6, "", ("10.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(NotFetched, match="private network"):
        fetch("https://both.example/")


@pytest.mark.parametrize("address", ["http://town.example/", "file:///etc/passwd", "https://a:b@town.example/",
                                     "ftp://x", ""])
def test_other_schemes_are_refused(address):
    with pytest.raises(NotFetched, match="https"):
        fetch(address)


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch):
    """A name that is public when checked and private when used again must not be resolved twice."""
    asked = []

    def once_public(host, port, type):
        asked.append(host)
        return [(socket.AF_INET, type, 6, "", ("8.8.8.8" if len(asked) == 1 else "127.0.0.1", port))]

    went = []
    monkeypatch.setattr(socket, "getaddrinfo", once_public)

    def connect(self, place):
        went.append(place)
        raise OSError

    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(NotFetched, match="did not answer"):
        fetch("https://rebinding.example/")
    assert went == [("8.8.8.8", 443)]
    assert asked == ["rebinding.example"]
