"""`python -m supply.dockerfile`: the Dockerfile by the rules of hadolint, and its images."""

import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from .pinned import ROOT

DOCKERFILE = ROOT / "Dockerfile"
_IMAGE = re.compile(
    r"^ARG (?P<name>BASE|COMPILER)=(?P<tag>[^@\s]+)(?:@(?P<digest>sha256:[0-9a-f]{64}))?$",
    re.MULTILINE,
)
_WHAT = {"BASE": "the base image", "COMPILER": "the image that compiles"}
# Each prints the digest of what a registry holds under a tag, for all kinds of machines at once.
_ASKING = (
    ("docker", "buildx", "imagetools", "inspect", "--format", "{{.Manifest.Digest}}", "{tag}"),
    ("skopeo", "inspect", "--no-tags", "--format", "{{.Digest}}", "docker://{tag}"),
)
_SECONDS = 60


def main() -> int:
    """Checks the Dockerfile; with `pin` writes the digests of the images into it."""
    if sys.argv[1:] == ["pin"]:
        return pin(DOCKERFILE)
    if sys.argv[1:] == ["base"]:
        for line in images(DOCKERFILE.read_text(encoding="utf-8")):
            print(f"Dockerfile: {line}")
        return 0
    linter = Path(sysconfig.get_path("scripts"), "hadolint")
    return subprocess.run([linter, DOCKERFILE], check=False).returncode


def images(text: str) -> list[str]:
    """Says of a Dockerfile by what the images are known that it begins with, a line each."""
    found = {image["name"]: image for image in _IMAGE.finditer(text)}
    return [_known(name, found.get(name)) for name in _WHAT]


def _known(name: str, image: re.Match[str] | None) -> str:
    if image is None:
        return f"it names nothing in a line ARG {name}="
    if image["digest"]:
        return f"{_WHAT[name]} is {image['tag']}, pinned to {image['digest']}"
    return f"not checked: {_WHAT[name]} is {image['tag']}, whatever that is today; make pin-base"


def pin(dockerfile: Path) -> int:
    """Writes the digests into the Dockerfile.

    1, and none, if it lacks a line that names an image, or no tool here can ask for a digest.
    """
    text = dockerfile.read_text(encoding="utf-8")
    found = {image["name"] for image in _IMAGE.finditer(text)}
    for name in _WHAT:
        if name not in found:
            print(f"{dockerfile.name}: {_known(name, None)}")
    if found != set(_WHAT):
        return 1
    pinned = {image["tag"]: _digest_of(image["tag"]) for image in _IMAGE.finditer(text)}
    for tag, digest in pinned.items():
        if digest is None:
            print(
                f"the digest of {tag} can't be had: it needs docker or skopeo, and their registry"
            )
            return 1
    dockerfile.write_text(
        _IMAGE.sub(lambda one: f"ARG {one['name']}={one['tag']}@{pinned[one['tag']]}", text),
        encoding="utf-8",
    )
    for tag, digest in pinned.items():
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
