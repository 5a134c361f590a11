"""The layers a recipe can name: all there are, told apart by their `type`."""

from typing import Annotated

from pydantic import Field

from ..vocabulary.layers import AnyLayer

Layer = Annotated[AnyLayer, Field(discriminator="type")]
