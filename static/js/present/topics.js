// @ts-check
// What a class can be asked: a list to choose from.

import { make } from "../views/elements.js";
import { TOPICS } from "../words/polls.js";

/**
 * A dialog that lists the questions, and the drawings at its end.
 * @param {(topic: import("../words/polls.js").PollTopic) => void} ask
 * @param {() => void} collect
 */
export function topicsDialog(ask, collect) {
  const close = make("button", { class: "button", type: "button" }, "Close");
  const header = make("header", {}, make("h2", { id: "topics-title" }, "Ask the class"), close);
  const words = "They answer on their phones; the run itself tells who is right.";
  const dialog = make("dialog", { class: "topics", "aria-labelledby": "topics-title" }, header);
  const choose = (/** @type {() => void} */ act) => () => {
    dialog.close();
    act();
  };
  const item = (/** @type {string} */ said, /** @type {() => void} */ act) =>
    make("li", {}, make("button", { class: "button", type: "button", onclick: choose(act) }, said));
  const items = TOPICS.map(([topic, said]) => item(said, () => ask(topic)));
  const list = make("ul", {}, ...items, item("Have them draw for the network", collect));
  close.onclick = () => dialog.close();
  dialog.append(make("p", {}, words), list);
  return dialog;
}
