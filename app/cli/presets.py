"""`python -m app presets`: what there is to train."""

import argparse

from ..recipe import PRESETS, resolve


def run(_: argparse.Namespace) -> int:
    """Prints each preset's name, size and sentence."""
    width = max(map(len, PRESETS))
    for name, preset in PRESETS.items():
        recipe = resolve({"preset": name})
        size = f"{recipe.total_steps} steps, {recipe.parameters:,} parameters"
        print(f"{name:{width}}  {preset.sentence} ({size})")
    return 0
