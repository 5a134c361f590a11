"""Shows that this server holds a data folder, to commands that can read the folder themselves."""

from typing import Annotated

from fastapi import Query, Request

from .answers.exchanged import Exchanged
from .proving import proof_of
from .routes import Routes

router = Routes(prefix="/api", tags=["server"])

Nonce = Annotated[
    str, Query(pattern="^[0-9a-f]{32,128}$", description="made up anew for each question, in hex")
]


class Proof(Exchanged):
    """What only a server that knows the key in its data folder can answer to a nonce."""

    proof: str


@router.get("/proof")
async def prove_data_folder(request: Request, nonce: Nonce) -> Proof:
    """Proves that this server holds its data folder; needs no token.

    It is an HMAC of the nonce, with SHA-256 and a key that lies in the folder for the owner alone.

    ```sh
    curl 'http://127.0.0.1:8000/api/proof?nonce=000102030405060708090a0b0c0d0e0f'
    ```
    """
    return Proof(proof=proof_of(request.app.state.key, nonce))
