// @ts-check
// The rule, the three sliders and the two buttons; what they say stands in the address.

import { byId, make, write } from "../../views/elements.js";
import { RANGES } from "./start.js";

const RULES = ["glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal"];
const NAMES = /** @type {(keyof typeof RANGES)[]} */ (["size", "channels", "filters"]);

/**
 * @param {import("../../store.js").Store} store
 * @param {import("../../types.js").Commands} commands
 * @returns {(tried: import("./start.js").Question) => void} shows what is tried
 */
export function mountControls(store, commands) {
  const rule = byId("weights-rule");
  rule.replaceChildren(...RULES.map((name) => make("option", { value: name }, name)));
  rule.onchange = () => commands.chooseDetails({ initializer: rule.value });
  for (const name of NAMES) {
    const slider = byId(`weights-${name}`);
    [slider.min, slider.max] = RANGES[name].map(String);
    slider.oninput = () => commands.chooseDetails({ [name]: slider.value });
  }
  byId("weights-again").onclick = () =>
    commands.chooseDetails({ draw: String(Number(store.state.view.details.draw ?? 0) + 1) });
  byId("weights-reset").onclick = () => commands.openScene("weights");
  return (tried) => {
    if (rule.value !== tried.name) rule.value = tried.name;
    const [size, , channels, filters] = tried.shape;
    [size, channels, filters].forEach((value, index) => {
      const slider = byId(`weights-${NAMES[index]}`);
      if (slider.value !== String(value)) slider.value = String(value);
      write(slider.nextElementSibling, index ? String(value) : `${value} × ${value}`);
    });
    byId("weights-reset").hidden = !Object.keys(store.state.view.details).length;
  };
}
