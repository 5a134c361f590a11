"""What the page shares with the server is written from one place, and is today's."""

import re
from typing import get_args

from app import contract, glossary
from app.events import KINDS, LAST_KINDS, LIVE, Status
from app.recipe import Recipe, optimizers
from app.verdicts import VERDICTS
from app.vocabulary import palette
from app.vocabulary.labels import LABELS
from app.vocabulary.optimizers import OPTIMIZERS
from tests.contracts.each import for_each
from tests.contracts.repository import files_like, text_of

WRITTEN = ("static/js/contract.js", "static/css/colours.css", "static/js/recipe_catalogue.js")


def test_what_the_page_shares_with_the_server_is_up_to_date() -> None:
    again = "run `python -m app.contract` and commit what it writes"
    assert text_of(WRITTEN[0]) == contract.module(), again
    assert text_of(WRITTEN[1]) == contract.styles(), again
    assert text_of(WRITTEN[2]) == contract.catalogue_module(), again
    assert text_of("static/glossary.json") == glossary.text(), again


def test_every_optimiser_that_a_recipe_can_name_has_a_title_and_a_usual_rate() -> None:
    named = get_args(get_args(optimizers.Optimizer)[0])
    assert [optimizer.model_fields["type"].default for optimizer in named] == list(OPTIMIZERS)


def test_last_kinds_and_live_states_are_some_of_all() -> None:
    assert set(KINDS) > LAST_KINDS
    assert set(get_args(Status)) > LIVE


def test_light_and_dark_have_the_same_colours() -> None:
    assert list(palette.LIGHT) == list(palette.DARK)


def test_pictures_and_figures_take_their_colours_from_the_palette() -> None:
    colour = re.compile(r"""["'(:]#[0-9a-f]{6}\b""")
    files = [*files_like("*.py", under="app/export/"), *files_like("*.py", under="science/")]
    assert not [file for file in files if colour.search(text_of(file))]


VOCABULARIES = (KINDS, get_args(Status), LABELS, tuple(VERDICTS), palette.WEIGHT_STOPS)


MODULES = [name for name in files_like("*.js", under="static/") if name not in WRITTEN]


@for_each(MODULES)
def test_no_module_of_the_page_lists_for_itself_what_the_server_knows(file: str) -> None:
    for listed in re.findall(r"\[([\s\"',#\w-]*)\]", text_of(file)):
        words = re.findall(r"[\"']([^\"']+)[\"']", listed)
        known = [one for one in VOCABULARIES if len(words) > 1 and set(words) <= set(one)]
        assert not known, f"{file} lists {words}: import it from contract.js"


def test_a_link_may_say_every_field_of_a_recipe() -> None:
    fields = re.search(r"FIELDS = \[(.*?)\];", text_of("static/js/net/address.js"), re.DOTALL)
    assert fields is not None
    assert set(re.findall(r'"(\w+)"', fields[1])) == set(Recipe.model_fields)
