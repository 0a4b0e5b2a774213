"""Secrets are sealed so that only the box opens them; what an older box stored plainly is still read."""

import pytest

from axelered_box.storage.sealing import Sealer, WrongKey

SEALER = Sealer(b"k" * 32)


@pytest.mark.parametrize("secret", ["", "open-sesame", "ge\u00fcbt \ud800", "x" * 5000])
def test_a_secret_comes_back(secret: str) -> None:
    sealed = SEALER.seal(secret)

    assert SEALER.open(sealed) == secret
    assert not secret or secret not in sealed


def test_another_box_does_not_open_it() -> None:
    with pytest.raises(WrongKey):
        Sealer(b"o" * 32).open(SEALER.seal("open-sesame"))


@pytest.mark.parametrize("password", ["open-sesame", "abcd", "geheim", "QUJD" * 20, "\u00fc"])
def test_what_an_older_box_stored_plainly_is_read(password: str) -> None:
    assert SEALER.opened({"parserConfig": {"password": password}}) == {"parserConfig": {"password": password}}
