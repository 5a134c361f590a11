"""A program that is killed and goes on in another process, recorded to a file each time."""

import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path

from app import watch
from tests.client.training import Training
from tests.contracts.repository import ROOT

KILLED_AT, GOES_ON_FROM, STEPS = 20, 15, 40
_SECONDS = 60


def record_twice(folder: Path) -> tuple[Path, Path]:
    """Lets it train twice under one key; the file of each process, the second's is whole."""
    files = folder / "train.fscope", folder / "train-2.fscope"
    environment = {**os.environ, "FILTERSCOPE_RUN": uuid.uuid4().hex}
    for begins in (0, GOES_ON_FROM):
        subprocess.run(
            [sys.executable, "-m", __name__, str(files[0]), str(begins)],
            cwd=ROOT,
            env=environment,
            timeout=_SECONDS,
            check=begins > 0,  # the first is killed
            stderr=subprocess.DEVNULL,
        )
    return files


def _train(path: Path, begins: int) -> None:
    training = Training()
    for _ in range(begins):
        training.update()
    run = watch(to=path, name="train", total_steps=STEPS, from_step=begins)
    for step in range(begins, STEPS):
        run.step(training.kernels, step=step, loss=training.loss)
        training.update()
        if step in (KILLED_AT // 2, KILLED_AT):
            run._sender.catch_up(_SECONDS)
        if step == KILLED_AT and not begins:
            os.kill(os.getpid(), signal.SIGKILL)
    run.close()


if __name__ == "__main__":
    _train(Path(sys.argv[1]), int(sys.argv[2]))
