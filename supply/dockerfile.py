"""`python -m supply.dockerfile`: the Dockerfile by the rules of hadolint, and its base image."""

import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from .pinned import ROOT

DOCKERFILE = ROOT / "Dockerfile"
_BASE = re.compile(
    r"^ARG BASE=(?P<tag>[^@\s]+)(?:@(?P<digest>sha256:[0-9a-f]{64}))?$", re.MULTILINE
)
# Each prints the digest of what a registry holds under a tag, for all kinds of machines at once.
_ASKING = (
    ("docker", "buildx", "imagetools", "inspect", "--format", "{{.Manifest.Digest}}", "{tag}"),
    ("skopeo", "inspect", "--no-tags", "--format", "{{.Digest}}", "docker://{tag}"),
)
_SECONDS = 60


def main() -> int:
    """Checks the Dockerfile; with `pin` writes the digest of the base image into it."""
    if sys.argv[1:] == ["pin"]:
        return pin(DOCKERFILE)
    if sys.argv[1:] == ["base"]:
        print(f"Dockerfile: {base_image(DOCKERFILE.read_text(encoding='utf-8'))}")
        return 0
    linter = Path(sysconfig.get_path("scripts"), "hadolint")
    return subprocess.run([linter, DOCKERFILE], check=False).returncode


def base_image(text: str) -> str:
    """Says of a Dockerfile by what its base image is known."""
    found = _BASE.search(text)
    if found is None:
        return "it names no base image in a line ARG BASE="
    if found["digest"]:
        return f"the base image is {found['tag']}, pinned to {found['digest']}"
    return f"not checked: the base image is {found['tag']}, whatever that is today; make pin-base"


def pin(dockerfile: Path) -> int:
    """Writes the digest into the Dockerfile; 1 if no tool here can ask for it."""
    text = dockerfile.read_text(encoding="utf-8")
    found = _BASE.search(text)
    tag = found["tag"] if found else ""
    digest = _digest_of(tag)
    if digest is None:
        print(
            f"the digest of {tag!r} can't be had: this needs docker or skopeo, and their registry"
        )
        return 1
    dockerfile.write_text(_BASE.sub(f"ARG BASE={tag}@{digest}", text), encoding="utf-8")
    print(f"{dockerfile.name}: {tag} is pinned to {digest}")
    return 0


def _digest_of(tag: str) -> str | None:
    for command in _ASKING:
        if shutil.which(command[0]) is None:
            continue
        asked = [word.format(tag=tag) if word.endswith("{tag}") else word for word in command]
        try:
            ran = subprocess.run(
                asked, capture_output=True, text=True, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            continue
        if re.fullmatch(r"sha256:[0-9a-f]{64}", ran.stdout.strip()):
            return ran.stdout.strip()
    return None


if __name__ == "__main__":
    sys.exit(main())
