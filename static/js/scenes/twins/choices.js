// @ts-check
// "What if I change the …": one button for each thing that may differ, the one that does is pressed.

import { chosenRecipe } from "../../state/chosen.js";
import { pairOf } from "../../state/pair.js";
import { byId, make, write } from "../../views/elements.js";
import { CHANGES } from "./differences.js";
import { createLettingGo } from "./letting_go.js";
import { createOthers } from "./others.js";
import { differencesIn } from "./words.js";

/**
 * @param {import("../../control/twin.js").Twin} twin
 * @returns {(state: import("../../types.js").State) => void}
 */
export function createChoices(twin) {
  const showOthers = createOthers(twin.commands);
  const buttons = CHANGES.map((change) => {
    const begin = () => button.ariaDisabled !== "true" && twin.whatIf((recipe) => twinRecipe(change, recipe));
    const button = make("button", { class: "button", type: "button", onclick: begin });
    return button;
  });
  byId("twins-choices").replaceChildren(...buttons.map((button) => make("li", {}, button)));
  const showLettingGo = createLettingGo(twin);
  return (state) => {
    showOthers(state);
    const pair = pairOf(state);
    const differing = pair ? differencesIn(pair) : null;
    showLettingGo(state, differing?.others ?? []);
    const recipe = state.run ? state.run.recipe : chosenRecipe(state);
    CHANGES.forEach((change, index) => {
      const button = buttons[index];
      const impossible = !recipe || change.propose(recipe) === null;
      write(button, recipe ? change.button(recipe) : change.title);
      button.ariaPressed = String(Boolean(differing?.changes.includes(change)));
      button.ariaDisabled = impossible || state.pending !== null ? "true" : null;
      button.title = recipe && impossible ? "Learning without labels has none." : "";
    });
  };
}

/** @param {import("./differences.js").Change} change @param {import("../../types.js").Recipe} recipe */
function twinRecipe(change, recipe) {
  const proposed = change.propose(recipe) ?? {};
  return {
    ...proposed,
    name: `${recipe.name}: ${lowered(change.name({ ...recipe, ...proposed }))}`.slice(0, 80),
  };
}

/** `SGD` stays as it is. @param {string} text */
const lowered = (text) =>
  /^[A-Z][a-z]/.test(text) && !/^Adam/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
