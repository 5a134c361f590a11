// @ts-check
// Bringing a picture to a network trained elsewhere: the button, whose picture it is, how pixels are scaled.

import { changeDetails } from "../control/details.js";
import { byId, onChoice, write } from "../views/elements.js";
import { BROUGHT, listenToPictures, table } from "./brought.js";
import { SCALINGS, keepScaling, scalingIn } from "./scaling.js";
import { sourceWords } from "./source_words.js";

export class Bringing {
  /**
   * @param {import("../store.js").Store} store
   * @param {string} name  with which the ids of its elements begin
   * @param {{scene: string, isOpen: () => boolean, take: () => void, staysHere: boolean}} ways  `take` is
   *   called when a picture came; staysHere: no server is asked about it
   */
  constructor(store, name, { scene, isOpen, take, staysHere }) {
    this.name = name;
    this.staysHere = staysHere;
    const isShown = () => store.state.view.scene === scene && isOpen();
    const hear = () => (table.problem ? this.draw(store.state, null) : take());
    const [button, input] = [byId(`${name}-bring`), byId(`${name}-file`)];
    listenToPictures({ scene: byId(`scene-${scene}`), button, input, isOpen: isShown, hear });
    onChoice(`${name}-scaling`, (scaling) => {
      keepScaling(scaling);
      changeDetails(store, { scaling });
    });
  }

  /**
   * @param {import("../types.js").State} state
   * @param {import("./subject.js").Subject | null} subject  null hides it all, but for why none could be read
   */
  draw(state, subject) {
    const { name, staysHere } = this;
    const isKnown = Boolean(subject?.ground);
    const { problem } = table;
    byId(`${name}-bring`).hidden = byId(`${name}-scaling-of`).hidden = !isKnown && !problem;
    byId(`${name}-source`).hidden = !isKnown && !problem;
    const isLost = state.view.details.picture === BROUGHT && table.picture === null;
    const words = subject ? sourceWords(subject, { isLost, staysHere }) : "";
    write(byId(`${name}-source`), problem ? `${problem} ${words}`.trim() : words);
    const scaling = scalingIn(state.view.details);
    for (const radio of byId(`${name}-scaling`).querySelectorAll("input"))
      radio.checked = radio.value === scaling;
    write(byId(`${name}-scaling-words`), SCALINGS[scaling].meaning);
  }
}
