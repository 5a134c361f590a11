import subprocess
import sys

import pytest

from app import datasets
from app.vocabulary.datasets import DATASETS, DatasetInfo


def test_the_catalogue_is_read_without_numpy() -> None:
    read = ", ".join(f"app.vocabulary.{part}" for part in ("datasets", "labels", "layers"))
    code = f"import sys, {read}; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("info", DATASETS.values(), ids=DATASETS)
def test_every_entry_can_be_shown(info: DatasetInfo) -> None:
    assert len(set(info.class_names)) == len(info.class_names)
    assert len(info.class_names) == (0 if info.name == "gray-leaves" else 10)
    assert info.sentence.endswith(".")
    assert info.source
    assert info.licence


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="download"):
        datasets.download  # noqa: B018
