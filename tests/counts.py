"""How often: a fixed sample in every run, the long count in `make soak`."""

import os

from hypothesis import settings

IS_SOAK = os.environ.get("SOAK") == "1"


def count(sample: int, full: int) -> int:
    """Return how often this run tries."""
    return full if IS_SOAK else sample


def tries(sample: int, full: int) -> settings:
    """Return Hypothesis settings: the same examples every time, or many new ones."""
    return settings(
        max_examples=count(sample, full), deadline=None, derandomize=not IS_SOAK
    )
