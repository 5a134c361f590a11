"""The base of all that programs elsewhere send."""

from pydantic import BaseModel, ConfigDict


class FromOutside(BaseModel):
    """Something that a program sends: nothing in it is unknown, and every number is finite."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", allow_inf_nan=False)
