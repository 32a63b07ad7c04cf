"""Secrets: what they look like, and what is stored of them."""

import re

from feeds import tokens


def test_make_holds_256_bits_behind_the_prefix() -> None:
    assert re.fullmatch(r"feeds_[A-Za-z0-9_-]{43}", tokens.make())


def test_make_never_repeats() -> None:
    assert len({tokens.make() for _ in range(1000)}) == 1000


def test_digest_is_sha256_in_hex() -> None:
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert tokens.digest("abc") == known


def test_digest_takes_what_no_token_can_be() -> None:
    assert len(tokens.digest("\ud800")) == 64


def test_same_compares_whole_texts() -> None:
    assert tokens.same("feeds_ä", "feeds_ä") is True
    assert tokens.same("feeds_ä", "feeds_a") is False
    assert tokens.same("feeds_a", "feeds_") is False
