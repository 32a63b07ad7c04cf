"""How we measure: two things in turn, and the ratio of their medians."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Claim:
    """One measured claim: `value` against its `bound`, from below or from above."""

    name: str
    value: float
    bound: float
    at_least: bool
    detail: str

    @property
    def is_kept(self) -> bool:
        if self.at_least:
            return self.value >= self.bound
        return self.value <= self.bound

    def __str__(self) -> str:
        relation = "≥" if self.at_least else "≤"
        verdict = "kept" if self.is_kept else "MISSED"
        return (
            f"{verdict:7} {self.name}: {self.value:.2f} ({relation} {self.bound:g})"
            f"  [{self.detail}]"
        )


def seconds(work: Callable[[], object]) -> float:
    """Return how long one run takes, without the garbage of others."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turn(
    first: Callable[[], object], second: Callable[[], object], runs: int
) -> tuple[float, float]:
    """Return the median seconds of both, run A B A B …, after one warm-up each."""
    first(), second()
    pairs = [(seconds(first), seconds(second)) for _ in range(runs)]
    return median(a for a, _ in pairs), median(b for _, b in pairs)
