"""What a channel gives to its entries."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Defaults:
    """`url` is the channel's, the address against which relative links resolve."""

    timezone: str = "Europe/Berlin"
    language: str = "de"
    url: str | None = None
