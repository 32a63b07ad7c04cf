"""Every error that the service raises on purpose, as one small tree.

Each class is a situation with its HTTP status; the doors translate it in one place
(problem+json, an HTML page, or a sentence and an exit status on the command line).
"""

from typing import Self


class FeedsError(Exception):
    """Root of the tree.

    `detail` is the sentence a person needs; `errors` maps a flat field path
    (`sessions.1.start`) to its sentences.
    """

    status = 500
    title = "Internal error"

    def __init__(
        self, detail: str = "", errors: dict[str, list[str]] | None = None
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.errors = errors or {}

    @classmethod
    def of(cls, field: str, sentence: str) -> Self:
        """Return the error of a single field."""
        return cls(f"{field}: {sentence}", {field: [sentence]})


class Malformed(FeedsError):
    status = 400
    title = "Bad request"


class Unauthenticated(FeedsError):
    status = 401
    title = "Authentication needed"


class Forbidden(FeedsError):
    status = 403
    title = "Not allowed"


class NotFound(FeedsError):
    status = 404
    title = "Not found"


class Conflict(FeedsError):
    status = 409
    title = "Conflict"


class Gone(FeedsError):
    status = 410
    title = "Gone"


class Stale(FeedsError):
    status = 412
    title = "Changed in the meantime"


class TooLarge(FeedsError):
    status = 413
    title = "Too large"


class UnsupportedType(FeedsError):
    status = 415
    title = "Unsupported media type"


class Invalid(FeedsError):
    status = 422
    title = "Invalid value"


class PreconditionRequired(FeedsError):
    status = 428
    title = "If-Match needed"


class TooMany(FeedsError):
    """Too many requests; `retry_after` is in seconds."""

    status = 429
    title = "Too many requests"

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class NotOffered(FeedsError):
    status = 501
    title = "Not implemented"


class Unavailable(FeedsError):
    status = 503
    title = "Temporarily unavailable"


class Moved(FeedsError):
    """The entry answers at another path now; `location` is that path."""

    status = 308
    title = "Moved"

    def __init__(self, location: str) -> None:
        super().__init__(f"moved to {location}")
        self.location = location


class Renamed(Moved):
    """A slug in the path was renamed; the door puts the new one in its place."""

    def __init__(self, old: str, new: str) -> None:
        super().__init__("")
        self.detail = f"'{old}' is called '{new}' now"
        self.old = old
        self.new = new


class SettingError(FeedsError):
    """A setting that stops the start: one sentence, no traceback."""

    title = "Wrong setting"
