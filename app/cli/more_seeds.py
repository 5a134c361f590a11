"""`filterscope sweep --more-of latest --seeds 3`: a sweep that is there, with more seeds."""

import argparse
from typing import Any

from .client import Client
from .compare import seeds_of
from .sweep_table import counted


def with_more_seeds(client: Client, options: argparse.Namespace) -> dict[str, Any]:
    """Adds seeds to a sweep, those that are said, or so many that it hasn't had; returns all of it.

    Raises:
        ValueError: something else than seeds is asked for.
        RequestRefused: there is no such sweep, or it takes no such seeds.
    """
    if options.over or options.overrides or options.name:
        raise ValueError("--more-of takes --seeds alone: what differs is as it was")
    path = f"/api/sweeps/{options.more_of}"
    known = client.call("GET", path)["seeds"]
    asked = seeds_of(options.seeds)
    seeds = asked if "," in options.seeds else [max(known) + 1 + seed for seed in asked]
    told: dict[str, Any] = client.call("POST", f"{path}/seeds", {"seeds": seeds})
    more = counted(len(seeds), "more seed")
    print(f"{told['name']}: {counted(told['cell_count'], 'cell')} × {more}")
    return told
