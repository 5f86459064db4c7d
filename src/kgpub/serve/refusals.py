"""What is said when a query has no room, no time or no memory: the limit, and what to do."""

from __future__ import annotations

from kgpub.serve.guard import Refusal
from kgpub.serve.limits import Limits

__all__ = ["refusal"]


def refusal(why: str, limits: Limits) -> Refusal:
    """Return the refusal (503) for a reason, with the seconds after which to try again."""
    said, after = {
        "full": ("Too many queries wait for their turn. Try again in a few seconds.", 5),
        "waited": (f"The query waited {limits.queue_seconds:g} seconds for its turn. Try again later.", 10),
        "slow": (
            f"The query took longer than {limits.answer_seconds:g} seconds, the limit here, and was stopped. "
            "Narrow it, or download the data.",
            60,
        ),
        "cpu": (f"The query took more than {limits.answer_seconds:g} seconds of a processor and was stopped.", 60),
        "memory": (
            f"The query needed more than {limits.memory_mb} MB of memory, the limit here, and was stopped. "
            "Narrow it, or download the data.",
            60,
        ),
        "died": ("The engine broke off on this query. Write it more simply, or in several queries.", 60),
        "loading": ("The service is still loading its data. Try again in a few seconds.", 5),
        "stopping": ("The service is being stopped. Try again in a minute.", 60),
    }[why]
    return Refusal(503, said, reason=why, headers={"Retry-After": str(after)})
