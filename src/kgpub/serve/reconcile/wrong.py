"""A request that cannot be answered: what is wrong, where in it, and what to do, as JSON."""

from __future__ import annotations

__all__ = ["Wrong"]


class Wrong(Exception):
    """`where` is a path into the request (`queries.q0.limit`), `advice` says what would be right."""

    def __init__(self, where: str, message: str, advice: str, status: int = 400) -> None:
        super().__init__(message)
        self.where = where
        self.message = message
        self.advice = advice
        self.status = status

    def body(self) -> dict[str, str]:
        """Return the error as clients get it; `status` is what they look for, by custom."""
        return {"status": "error", "message": self.message, "where": self.where, "advice": self.advice}
