// @ts-check
// The sweeps that are there, the newest first.

import { sweeps } from "../../net/sweeps.js";
import { byId, make } from "../../views/elements.js";
import { headWords } from "./making_words.js";

/** @param {(id: string) => void} open */
export async function listSweeps(open) {
  const told = await sweeps.list().catch(() => null);
  if (!told) return;
  byId("map-none").hidden = told.sweeps.length > 0;
  const entries = told.sweeps.map((sweep) => {
    const name = make("button", { class: "link", type: "button" }, make("bdi", {}, sweep.name));
    name.onclick = () => open(sweep.id);
    return make("li", {}, name, make("p", { class: "quiet" }, headWords(sweep)));
  });
  byId("map-list").replaceChildren(...entries);
}
