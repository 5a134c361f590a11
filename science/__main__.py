"""Measures the study and writes docs/science.md: python -m science [--redraw | --only WORDS]"""

import argparse
import time
from pathlib import Path

from app.settings import Settings
from science import page, pictures
from science.files import PAGE, PICTURES, read_figures, write_figures
from science.study import measure, measure_only


def main() -> None:
    """Measures, unless asked to redraw what was measured before; then draws and writes."""
    parser = argparse.ArgumentParser(prog="python -m science", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("docs"), help="where to write")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--redraw", action="store_true", help="from the figures that are there")
    parser.add_argument(
        "--only", metavar="WORDS", help="measure the trainings whose names hold these words alone"
    )
    asked = parser.parse_args()
    began = time.perf_counter()

    def tell(done: str) -> None:
        print(f"{time.perf_counter() - began:5.0f} s  {done}", flush=True)

    cache_folder = Settings.from_environment().cache_folder
    if asked.only:
        known = read_figures(asked.folder)
        anew = measure_only(asked.only, known, asked.processes, cache_folder, tell)
        write_figures(anew, asked.folder)
    elif not asked.redraw:
        write_figures(measure(asked.processes, cache_folder, tell), asked.folder)
    figures = read_figures(asked.folder)
    for name, picture in pictures.draw(figures).items():
        (asked.folder / PICTURES / name).write_text(picture, encoding="utf-8")
    (asked.folder / PAGE).write_text(page.write(figures), encoding="utf-8")
    tell(f"{asked.folder / PAGE} written")


if __name__ == "__main__":
    main()
