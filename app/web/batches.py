"""Batches of runs from elsewhere: read, held against their address, and told of aside."""

from ..events import EncodedEvent
from ..external.items import BatchHeader, as_items, shapes_of
from ..external.packets import Packet, PacketBroken, decode_packet
from ..external.registration import entries_of
from ..inspection.batch import BatchToTell
from ..inspection.refused import Refused
from ..settings import Settings
from ..store import ExternalRun, RunRow
from .aside import Aside, AsideClosed, AsideFailed
from .numeric import tell_batch
from .problems import Problem


class BatchTeller:
    """Has a process aside work out what batches amount to."""

    def __init__(self, settings: Settings, aside: Aside) -> None:
        self._settings = settings
        self._aside = aside

    def warm(self) -> None:
        """Has the process ready by the time that there is something to tell."""
        self._aside.warm()

    async def tell(
        self, told: ExternalRun, run: RunRow, header: BatchHeader, packet: Packet
    ) -> tuple[list[EncodedEvent], str]:
        """Returns the events of a batch, and as JSON what the next one is told with.

        Raises:
            Problem: 422 it can't be told, 503 not now.
        """
        settings = self._settings
        batch = BatchToTell(
            *(settings.database_path, settings.cache_folder, run.id, run.described),
            *(run.total_steps, told.attempt, header.left_out, told.telling),
            *(as_items(header), bytes(packet.blob)),
        )
        patience = tell_batch.patience_seconds
        try:
            result: tuple[list[EncodedEvent], str] = await self._aside.run(
                tell_batch, batch, client=told.key, patience_seconds=patience
            )
        except Refused as why:
            raise Problem(422, "invalid", f"{why.message}.", field=why.field) from None
        except AsideClosed:
            raise Problem(503, "shutting_down", "The server is about to stop.") from None
        except (AsideFailed, MemoryError):
            message = "The helper process died or took too long; try again in some seconds."
            headers = {"Retry-After": "5"}
            raise Problem(503, "helper_failed", message, headers=headers) from None
        return result


def read_batch(body: bytes) -> tuple[BatchHeader, Packet]:
    """Reads a body as a batch.

    Raises:
        Problem: 422 it is no packet.
        ValidationError: its header isn't a batch's.
    """
    try:
        packet = decode_packet(body)
    except PacketBroken as why:
        raise Problem(422, "broken_packet", f"The packet {why}.") from None
    return BatchHeader.model_validate(packet.header), packet


def without_known(header: BatchHeader, packet: Packet, known: int) -> tuple[BatchHeader, Packet]:
    """Leaves out the items that are on record already, the first so many, with their arrays."""
    skipped, items = header.items[:known], header.items[known:]
    start = 4 * sum(map(entries_of, shapes_of(skipped)))
    return header.model_copy(update={"items": items}), packet._replace(blob=packet.blob[start:])


def check_place(header: BatchHeader, first: int, attempt: int) -> None:
    """Holds the address against what the packet says of itself, as one out of a file does."""
    if header.first not in (None, first):
        raise Problem(
            422, "invalid", "The address names another item than the packet.", field="first"
        )
    if header.attempt not in (None, attempt):
        message = "The address names another attempt than the packet."
        raise Problem(422, "invalid", message, field="attempt")
