// @ts-check
// The place where pictures of one's own become a data set, and where a network begins to learn from them.

import { api } from "../../net/api.js";
import { datasetOf } from "../../state/known.js";
import { byId, write } from "../../views/elements.js";
import { Adding } from "./adding.js";
import { makeEntry } from "./listed.js";

/** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
export function mount(store, commands) {
  let isShown = false;
  /** @param {import("../../net/answers.js").DatasetAnswer} dataset */
  const train = async ({ name }) => {
    if (await commands.startRecipe({ preset: name })) commands.openScene("live");
  };
  /** @param {import("../../net/answers.js").DatasetAnswer} dataset */
  const isTrainedOn = ({ name }) => datasetOf(store.state) === name;
  const load = async () => {
    const { datasets } = await api.datasets();
    const own = datasets.filter((dataset) => dataset.own);
    byId("data-none").hidden = own.length > 0;
    const acts = { train, removed: load, isTrainedOn };
    byId("data-list").replaceChildren(...own.map((one) => makeEntry(one, acts)));
  };
  new Adding(async (added) => {
    await load();
    write(byId("announcer"), `${added.title} is there.`);
    const entry = [...byId("data-list").children].find((one) => one.dataset.name === added.title);
    entry?.querySelector("button")?.focus();
    entry?.scrollIntoView({ block: "nearest" });
  });
  store.subscribe(({ view }) => {
    if (view.scene === "data" && !isShown) load();
    isShown = view.scene === "data";
  });
}
