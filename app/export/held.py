"""What of each layer's film one file can hold: small layers in full, of others as much as fits."""

from collections.abc import Sequence
from typing import NamedTuple

from .material import Film, FilmFrame

_DEEPER_SHARE = 4  # of the room a fourth is kept for the layers after the first, if they need it


class Held(NamedTuple):
    """A layer's frames that go into the file, the first and the last among them, or none."""

    film: Film
    frames: tuple[FilmFrame, ...]


def held(films: Sequence[Film], most_frames: int, room_bytes: int) -> list[Held]:
    """Gives the frames of each film that fit into `room_bytes` together, evenly spread over its
    time.

    The first layer is what the file is about: it always has two frames at least, and takes all
    that it needs beyond what the others are sure of. A deeper layer of which not even two frames
    fit is left out.
    """
    first, *deeper = films
    wanted = sum(_size(film) * min(most_frames, len(film.frames)) for film in deeper)
    room = room_bytes - min(wanted, room_bytes // _DEEPER_SHARE)
    frames = first.thinned(max(2, min(most_frames, room // _size(first))))
    told = [Held(first, frames)]
    left = room_bytes - len(frames) * _size(first)
    for number, film in enumerate(deeper):
        fitting = left // (len(deeper) - number) // _size(film)
        kept = film.thinned(min(most_frames, fitting)) if fitting >= 2 else ()
        told.append(Held(film, kept))
        left -= len(kept) * _size(film)
    return told


def _size(film: Film) -> int:
    return max(1, len(film.frames[0].kernel.data))
