"""The application: `create_app(settings)`, and `app` for an ASGI server."""

import secrets
from dataclasses import replace
from typing import Any

from fastapi import Depends, FastAPI
from pydantic import BaseModel
from starlette.types import ASGIApp

from . import __version__
from .lifespan import lifespan
from .page_files import STATIC
from .recipe import Recipe
from .settings import Settings
from .web import (
    ablation,
    activations,
    checks,
    client_file,
    cluster,
    code,
    collecting,
    courses,
    curves,
    datasets,
    deletions,
    description,
    export,
    external,
    filters,
    first_weights,
    following,
    history,
    images,
    initializers,
    light_page,
    mistakes,
    more_seeds,
    network,
    numerics_told,
    openapi,
    opening,
    pages,
    polling,
    presets,
    problems,
    proof,
    publishing,
    run_changes,
    run_lists,
    runs,
    steering,
    sweep_maps,
    sweeps,
    teaching,
    training_on,
)
from .web.answers.teaching import Lead
from .web.files import Files
from .web.join_code import new_code
from .web.query_names import check_query_names
from .web.security import Guard
from .web.tokens import Tokens

_PARTS = (
    activations,  # first, for it is asked most often and routes are tried in turn
    *(presets, datasets, initializers, first_weights, code),
    *(run_lists, runs, steering, deletions, courses, following, curves, history),
    *(filters, images, mistakes, ablation, training_on, network, checks, numerics_told),
    *(export, publishing, external, opening, sweeps, more_seeds, sweep_maps, cluster),
    *(teaching, polling, collecting),
    *(client_file, description, pages, light_page, proof),
)
_MODELS: list[type[BaseModel]] = [Recipe, run_changes.RunChange, code.PastedCode, Lead]
_MODELS += [*polling.BODIES, *collecting.BODIES, *checks.BODIES, *external.BODIES]
_MODELS += [*opening.BODIES, *images.QUESTIONS, *ablation.QUESTIONS, *training_on.QUESTIONS]
_MODELS += [deletions.Deletion, *sweeps.BODIES, more_seeds.MoreSeeds]


class Application(FastAPI):
    """FastAPI behind the guard, which has to stand before FastAPI's own error handling."""

    def build_middleware_stack(self) -> ASGIApp:
        """Builds everything between the server and the routes."""
        state = self.state
        return Guard(
            super().build_middleware_stack(), state.settings, state.tokens, state.join_code
        )


def create_app(settings: Settings) -> FastAPI:
    """Makes the whole server, not yet open: its lifespan opens the store and the supervisor.

    Where other machines can reach it, or where it is to ask for one, a token is made if none is
    set. `app.state.token` is the one to ask for, or None; `app.state.key` is what commands that can
    read the data folder know the server by; `app.state.hub.close()` ends all event streams of an
    open server.
    """
    application = Application(
        version=__version__,
        lifespan=lifespan,
        openapi_url=None,  # app.web.description hands it out
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    _set_tokens(application, settings)
    problems.install(application)
    openapi.install(application, _MODELS)
    answers: Any = {"4XX": {"model": problems.ErrorAnswer}, "5XX": {"model": problems.ErrorAnswer}}
    for part in _PARTS:
        asked = [] if part in (pages, light_page) else [Depends(check_query_names)]
        application.router.routes += part.router.late(answers, dependencies=asked)
    application.mount("/static", Files(directory=STATIC), "static")
    return application


def _set_tokens(application: FastAPI, settings: Settings) -> None:
    """Settles who is let in: by the token that was set, or by one that is made."""
    is_chosen, send_token = settings.token is not None, settings.send_token
    is_reached = bool(settings.allowed_hosts) or not settings.is_loopback
    if not is_chosen and (settings.asks_for_token or is_reached):
        settings = replace(settings, token=secrets.token_urlsafe(16))
    state, token = application.state, settings.token
    state.settings = settings
    state.token = token
    state.watch_token = token and secrets.token_urlsafe(16)
    state.send_token = token and (send_token or secrets.token_urlsafe(16))
    state.join_code = new_code()
    state.key = secrets.token_bytes(32)
    state.tokens = Tokens(
        *(token, is_chosen, state.watch_token, state.key),
        *(state.send_token, send_token is not None),
    )


def __getattr__(name: str) -> Any:
    """Makes `app` from the environment when an ASGI server asks for it."""
    if name == "app":
        return create_app(Settings.from_environment())
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
