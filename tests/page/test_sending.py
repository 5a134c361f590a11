"""The page sends `.fscope` files as the commands do: in Node, to the real server."""

import base64
from pathlib import Path
from typing import Any

import pytest

from tests.external.restarted import KILLED_AT, STEPS, record_twice
from tests.page.node import asked
from tests.web.scripted import scripted_server

# Sends files one after the other; what became of each: the run and its items, or why not.
_SEND = """(async () => {
  const { Recording } = await import(new URL("recording.js", process.argv[1]));
  const there = globalThis.fetch;
  globalThis.fetch = (path, options) => there(a.server + path, options);
  const told = [];
  for (const data of a.files) {
    const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
    try {
      let last;
      const recording = await Recording.open(new Blob([bytes]));
      for await (const sent of m.sendRecording(recording)) last = sent;
      told.push([last.run, last.items, recording.cut]);
    } catch (problem) {
      told.push(problem.message);
    }
  }
  return told;
})()"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    return [path.read_bytes() for path in record_twice(tmp_path_factory.mktemp("cluster"))]


def send(server: str, *files: bytes) -> Any:
    encoded = [base64.b64encode(data).decode() for data in files]
    return asked("net/sending_recording.js", _SEND, {"server": server, "files": encoded})


def test_a_program_that_went_on_becomes_one_run_and_nothing_is_told_twice(
    tmp_path: Path, files: list[bytes]
) -> None:
    first, second = files
    with scripted_server(tmp_path) as server, server.client() as http:
        told = send(server.url, first, second[:-5], second, first, second)
        assert told[0][0] == told[1][0]
        assert told[1][2] == "its last packet ends 5 bytes too early"
        assert told[1][1] < told[2][1], "what was missing has followed"
        assert told[3:] == [told[0], told[2]], "whatever is sent again is known"
        run = http.get(f"/api/runs/{told[0][0]}").json()
        assert (run["status"], run["step"]) == ("finished", STEPS)
        assert http.get(f"/api/runs/{run['id']}/metrics").json()["step"] == list(range(STEPS))
        steps = http.get(f"/api/runs/{run['id']}/film").json()["steps"]
        assert steps == sorted(set(steps))
        assert {0, KILLED_AT, STEPS} <= set(steps)


def test_what_came_before_is_refused_once_what_followed_is_there(
    tmp_path: Path, files: list[bytes]
) -> None:
    first, second = files
    with scripted_server(tmp_path) as server:
        told = send(server.url, second, first, second)
    assert told[0] == told[2]
    assert "the earlier one first" in told[1]
