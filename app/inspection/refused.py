"""A question that can't be answered, told so that the asker can mend it."""


class Refused(Exception):
    """What is wrong in words, `field` to mend, and `limit`, the nearest value that would do.

    It travels between processes, so all it holds is in its arguments.
    """

    def __init__(self, message: str, field: str | None = None, limit: float | None = None) -> None:
        super().__init__(message, field, limit)
        self.message = message
        self.field = field
        self.limit = limit


class Missing(Refused):
    """What was asked about isn't there, or is no more; `code` is the word for programs."""

    def __init__(
        self, message: str, code: str, field: str | None = None, limit: float | None = None
    ) -> None:
        super().__init__(message, field, limit)
        self.args = (message, code, field, limit)
        self.code = code
