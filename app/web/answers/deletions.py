"""Deletions that can be taken back, as the interface tells them."""

from datetime import datetime

from pydantic import Field

from .exchanged import Exchanged


class DeletionAnswer(Exchanged):
    """Runs that were deleted together."""

    id: str
    runs: list[str] = Field(description="their ids")
    until: datetime = Field(description="up to which they can be taken back")
