"""Where a model file came from, in words that every format has room for."""

import json

Origin = dict[str, str]  # names to text: version, run, step, recipe, …


def as_json(origin: Origin) -> str:
    """Writes it as JSON, the same bytes each time."""
    return json.dumps(origin, ensure_ascii=False, indent=1)
