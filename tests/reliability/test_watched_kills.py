"""kill -9 of the server, of the script that it watches, or of both: what was acknowledged stays."""

import contextlib
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.events import LIVE
from app.store import Reading, RunRow
from app.vocabulary.snapshot_steps import is_snapshot_step
from tests.contracts.repository import ROOT
from tests.reliability.ledger import assert_sound
from tests.reliability.scale import tries
from tests.reliability.watched_script import kernel, loss
from tests.running_server import RunningServer
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="kill -9 as Linux does it"),
]

NAME = "filterscope.sqlite3"
KEY = "5b0c6f0e4a3d4f3f9a5e2d1c0b9a8877"
LONGEST_LIFE_SECONDS = 1.0
ENDLESS = 1_000_000
FEW_STEPS = 50


class Laboratory:
    """A server and a script that is watched by it, both killed and started again."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self._ledger = folder / "acknowledged.jsonl"
        self._chance = chance
        self._port = 0
        self._server: RunningServer | None = None
        self._script: subprocess.Popen[bytes] | None = None

    def start_server(self) -> None:
        """On the port that the script knows."""
        self._server = RunningServer(self.folder / "data", port=self._port)
        self._port = int(self._server.url.rpartition(":")[2])

    def start_script(self, last_step: int = ENDLESS) -> None:
        """Goes on from somewhere up to which all is acknowledged, or anew."""
        done = self.acknowledged_step()
        from_step = self._chance.choice([0, done, self._chance.randint(0, done)])
        command = [sys.executable, "-m", "tests.reliability.watched_script"]
        where = [f"http://127.0.0.1:{self._port}", KEY, from_step, last_step, self._ledger]
        self._script = subprocess.Popen([*command, *map(str, where)], cwd=ROOT)

    def kill_server(self) -> None:
        assert self._server is not None
        self._server.stop(signal.SIGKILL)
        self._server = None

    def kill_script(self) -> None:
        assert self._script is not None
        self._script.kill()
        self._script.wait()

    def acknowledged(self) -> list[dict[str, Any]]:
        """Every item that the server said was on disk."""
        lines = self._ledger.read_text().splitlines() if self._ledger.exists() else []
        return [item for line in lines for item in json.loads(line)["items"]]

    def acknowledged_step(self) -> int:
        """The last step of which all up to it is on disk."""
        told = [item["step"][-1] for item in self.acknowledged() if item["kind"] == "steps"]
        return max(told, default=0)

    def wait_for_more(self) -> None:
        """Returns when the server has acknowledged something that wasn't before."""
        before = self._ledger.stat().st_size if self._ledger.exists() else 0
        wait_until(
            lambda: self._ledger.exists() and self._ledger.stat().st_size > before,
            "nothing is acknowledged any more",
        )

    def finish(self) -> None:
        """Lets the script train to its end."""
        self.start_script(self.acknowledged_step() + FEW_STEPS)
        assert self._script is not None
        assert self._script.wait(30) == 0

    def run(self) -> RunRow:
        """The one run that all attempts tell."""
        with Reading.beside(self.folder / "data" / NAME) as reading:
            (found,) = reading.runs(10)
        return found

    def check(self) -> None:
        """All that was acknowledged is on record, byte for byte, and nothing of it twice."""
        assert_sound(self.folder / "data" / NAME)
        with Reading.beside(self.folder / "data" / NAME) as reading:
            for run in reading.runs(10):
                self._check_curve(reading.bodies(run.id, "steps"))
                self._check_frames(reading, run.id)

    def close(self) -> None:
        if self._script is not None:
            self.kill_script()
        if self._server is not None:
            self._server.stop()

    def _check_curve(self, told: list[dict[str, Any]]) -> None:
        steps = [step for body in told for step in body["step"]]
        assert steps == list(range(1, len(steps) + 1)), "a step is missing, or there twice"
        assert len(steps) >= self.acknowledged_step(), "lost what was acknowledged"
        assert [number for body in told for number in body["loss"]] == list(map(loss, steps))

    def _check_frames(self, reading: Reading, run_id: str) -> None:
        frames = [body["step"] for body in reading.bodies(run_id, "snapshot")]
        assert frames == sorted(set(frames)), "a frame is there twice"
        assert frames[:1] == [0] or not frames, "frame 0 is gone"
        sent = {item["step"] for item in self.acknowledged() if item["kind"] == "snapshot"}
        # The first frame of a later attempt is told only where none after it was told before.
        due = {step for step in sent if is_snapshot_step(step, None)}
        assert due <= set(frames), "lost a frame that was acknowledged"
        assert max(sent, default=0) <= max(frames, default=0)
        for step in frames:
            there = reading.snapshot(run_id, step)
            assert there is not None
            (array,) = there.arrays.values()
            assert array.data == kernel(step).tobytes()


@contextlib.contextmanager
def laboratory(folder: Path, chance: random.Random) -> Iterator[Laboratory]:
    """One that is cleared away in the end."""
    opened = Laboratory(folder, chance)
    try:
        opened.start_server()
        opened.start_script()
        yield opened
    finally:
        opened.close()


def test_whatever_of_the_two_is_killed_whenever_what_was_acknowledged_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, kills = random.Random(11), tries(6, 100)
    with laboratory(tmp_path, chance) as lab:
        lab.wait_for_more()
        for number in range(kills):
            time.sleep(chance.uniform(0, LONGEST_LIFE_SECONDS))  # the instant is the point
            victims = ("server", "script", "both")[number % 3]
            if victims != "script":
                lab.kill_server()
            if victims != "server":
                lab.kill_script()
            if victims != "script":
                lab.check()
                lab.start_server()
            if victims != "server":
                lab.start_script()
            lab.wait_for_more()
        assert lab.run().status in LIVE
        lab.kill_script()
        lab.finish()
        run = lab.run()
        steps = lab.acknowledged_step()
    assert (run.status, run.step) == ("finished", steps)
    lab.check()
    with capsys.disabled():
        sys.stderr.write(f"\n{kills} kills, {steps:,} steps, all there\n")
