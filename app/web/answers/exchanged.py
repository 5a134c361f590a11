"""What requests and answers have in common."""

from pydantic import BaseModel, ConfigDict


class Exchanged(BaseModel):
    """Something that the server tells or is told; its checks are put together by its first use.

    All of them at once would be a fifth of what the server's start takes.
    """

    model_config = ConfigDict(defer_build=True)
