// @ts-check
// Tells the class where this page looks, at most ten times a second, until it is switched off.

import { isLedElsewhere, teaching } from "../net/teaching.js";
import { byId, make, write } from "../views/elements.js";
import { atMostEvery } from "../views/headline.js";
import { keyOf, taughtPlace } from "./place.js";

const TELL_MILLISECONDS = 100;
const ALIVE_MILLISECONDS = 10_000;
const TAKEN = "Another window leads the class now.";

/** @param {import("../store.js").Store} store */
export function mountLeading(store) {
  const leader = new Leader(store);
  document.querySelector(".bar .end")?.prepend(leader.away);
  store.onEvery(atMostEvery(TELL_MILLISECONDS, () => leader.tellNews()));
  addEventListener("pagehide", () => leader.hangUp());
}

class Leader {
  #id = crypto.getRandomValues(new Uint32Array(2)).join("-");
  #leads = false;
  #told = "";
  #timer = 0;

  /** @param {import("../store.js").Store} store */
  constructor(store) {
    this.store = store;
    this.button = byId("present-lead");
    this.button.hidden = store.state.access === "watch";
    this.button.onclick = () => (this.#leads ? this.#stop() : this.#begin());
    const properties = { class: "button", type: "button", hidden: true, onclick: () => this.#stop() };
    this.away = make("button", properties, "Stop leading");
  }

  /** Where this page looks, if it has moved. */
  tellNews() {
    if (this.#leads && keyOf(this.store.state) !== this.#told) this.#tell(false);
  }

  /** Lets the class go when the page is left. */
  hangUp() {
    if (this.#leads) teaching.leave(this.#id);
  }

  #begin() {
    this.#leads = true;
    this.#timer = window.setInterval(() => this.#tell(false), ALIVE_MILLISECONDS);
    this.#tell(true);
    this.#show("You lead.");
  }

  #stop() {
    teaching.leave(this.#id);
    this.#end("");
  }

  /** @param {string} words */
  #end(words) {
    this.#leads = false;
    clearInterval(this.#timer);
    this.#show(words);
  }

  /** @param {boolean} begins */
  async #tell(begins) {
    this.#told = keyOf(this.store.state);
    try {
      const { followers } = await teaching.lead(taughtPlace(this.store.state), this.#id, begins);
      if (this.#leads) this.#show(`You lead. ${followersIn(followers)}`);
    } catch (error) {
      if (isLedElsewhere(error)) this.#end(TAKEN);
      else this.#show(`The class could not be told: ${error instanceof Error ? error.message : error}`);
    }
  }

  /** @param {string} words */
  #show(words) {
    this.button.setAttribute("aria-pressed", String(this.#leads));
    write(this.button, this.#leads ? "Stop leading" : "Lead the class");
    this.away.hidden = !this.#leads;
    byId("present-note").hidden = words === "";
    write(byId("present-note"), words);
  }
}

/** @param {number} count */
const followersIn = (count) =>
  count === 0 ? "Nobody follows yet." : `${count} follow${count === 1 ? "s" : ""}.`;
