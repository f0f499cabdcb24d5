"""What every table of the inventory is: frozen, strict, and able to carry a question."""

from pydantic import BaseModel, ConfigDict, Field

from policy.inventory.fields import Text


class Fact(BaseModel):
    """A table that states facts; `confirm` is a question the controller must answer."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    confirm: Text | None = Field(None, description="A question that LEIZ must answer before this is certain.")
