"""Two processes that train one model together, as `torchrun` starts them.

python -m tests.frameworks.torch_processes WAY FOLDER RANK
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from app import watch
from tests.frameworks.torch_cases import UPDATES

RANKS = 2


def network() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 8, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 4)
    )


def spread(model: nn.Module, way: str) -> Any:
    """Makes of a model what all processes train together."""
    if way == "replicated":
        return nn.parallel.DistributedDataParallel(model)
    from torch.distributed.fsdp import fully_shard

    return fully_shard(model)


def main(way: str, folder: Path, rank: int) -> None:
    torch.distributed.init_process_group(
        "gloo", init_method=f"file://{folder}/meeting", rank=rank, world_size=RANKS
    )
    model = network()
    conv: Any = model[0]  # type: ignore[index]
    run = watch(model, to=folder / f"{rank}.fscope")  # before it is spread, which makes no odds
    together = spread(model, way)
    optimizer = torch.optim.SGD(together.parameters(), 0.1)
    kept = [np.array(0)] if way != "replicated" else [conv.weight.detach().numpy().copy()]
    random = torch.Generator().manual_seed(rank)
    for _ in range(UPDATES):
        images = torch.randn(8, 3, 10, 10, generator=random)
        loss = nn.functional.cross_entropy(together(images), torch.arange(8) % 4)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if way == "replicated":
            kept.append(conv.weight.detach().numpy().copy())
    run.close()
    np.save(folder / f"{rank}.npy", np.stack(kept))
    torch.distributed.destroy_process_group()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
