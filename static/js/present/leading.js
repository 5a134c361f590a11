// @ts-check
// Tells the class where this page looks, at most ten times a second, until it is switched off.

import { readPlace } from "../net/address.js";
import { isLedElsewhere, teaching } from "../net/teaching.js";
import { byId, make, write } from "../views/elements.js";
import { atMostEvery } from "../views/headline.js";
import { forgetLead, holdLead, leftLead, letGo } from "./kept_lead.js";
import { keyOf, taughtPlace } from "./place.js";

const TELL_MILLISECONDS = 100;
const ALIVE_MILLISECONDS = 10_000;
const TAKEN = "Another window leads the class now.";

/** @type {Leader | null} */
let mounted = null;

/**
 * The one leader of this page, mounted when it is first asked for.
 * @param {import("../store.js").Store} store
 */
export function mountLeading(store) {
  if (mounted) return mounted;
  const leader = (mounted = new Leader(store));
  document.querySelector(".bar .end")?.prepend(leader.away);
  store.onEvery(atMostEvery(TELL_MILLISECONDS, () => leader.tellNews()));
  addEventListener("pagehide", () => leader.hangUp());
  addEventListener("pageshow", ({ persisted }) => void (persisted && leader.takeUp()));
  leader.takeUp();
  return leader;
}

export class Leader {
  id = crypto.getRandomValues(new Uint32Array(2)).join("-");
  leads = false;
  /** Whether the server has heard so. */
  isHeard = false;
  followers = 0;
  code = "";
  /** Those who want to know when the lead begins and ends, and how many follow. @type {(() => void)[]} */
  #listeners = [];
  #told = "";
  #timer = 0;

  /** @param {import("../store.js").Store} store */
  constructor(store) {
    this.store = store;
    this.button = byId("present-lead");
    this.button.hidden = store.state.access === "watch";
    this.button.onclick = () => (this.leads ? this.#stop() : this.#begin());
    const properties = { class: "button", type: "button", hidden: true, onclick: () => this.#stop() };
    this.away = make("button", properties, "Stop leading");
  }

  /** @param {() => void} call */
  onChange(call) {
    this.#listeners.push(call);
  }

  /** A page that was just loaded looks at nothing until its run is there. */
  get #isThere() {
    const { run, missing } = this.store.state;
    return Boolean(run || missing) || readPlace(location).run === null;
  }

  /** Where this page looks, if it has moved. */
  tellNews() {
    if (this.leads && this.#isThere && keyOf(this.store.state) !== this.#told) this.#tell(false);
  }

  /** The class waits a while for the page to come back. */
  hangUp() {
    clearInterval(this.#timer);
    if (this.leads) letGo(this.id);
  }

  /**
   * Goes on with a lead that this page, or a tab that was closed, has left; one that ended without a word is
   * waited for once.
   */
  async takeUp(waits = true) {
    const left = leftLead();
    this.#told = "";
    if (this.leads && left?.id === this.id) return this.#goOn();
    if (!left || this.store.state.access === "watch") return;
    if (left.wait) return void (waits && setTimeout(() => this.takeUp(false), left.wait + 1000));
    const told = await teaching.look(left.id).catch(() => null);
    if (!told || this.leads) return;
    if (!told.leads) return forgetLead(left.id);
    this.id = left.id;
    this.isHeard = true;
    this.#goOn();
  }

  #begin() {
    this.#tell(true);
    this.#goOn();
  }

  #goOn() {
    this.leads = true;
    clearInterval(this.#timer);
    this.#timer = window.setInterval(() => this.#isThere && this.#tell(false), ALIVE_MILLISECONDS);
    this.#show("You lead.");
    this.tellNews();
  }

  #stop() {
    teaching.leave(this.id);
    this.#end("");
  }

  /** @param {string} words */
  #end(words) {
    this.leads = this.isHeard = false;
    clearInterval(this.#timer);
    forgetLead(this.id);
    this.#show(words);
  }

  /** @param {boolean} begins */
  async #tell(begins) {
    this.#told = keyOf(this.store.state);
    try {
      const told = await teaching.lead(taughtPlace(this.store.state), this.id, begins);
      ({ followers: this.followers, code: this.code } = told);
      if (!this.leads) return;
      this.isHeard = true;
      holdLead(this.id);
      this.#show(`You lead. ${followersIn(told.followers)}`);
    } catch (error) {
      if (isLedElsewhere(error)) this.#end(TAKEN);
      else this.#show(`The class could not be told: ${error instanceof Error ? error.message : error}`);
    }
  }

  /** @param {string} words */
  #show(words) {
    this.button.setAttribute("aria-pressed", String(this.leads));
    write(this.button, this.leads ? "Stop leading" : "Lead the class");
    this.away.hidden = !this.leads;
    byId("present-note").classList.remove("danger");
    byId("present-note").hidden = words === "";
    write(byId("present-note"), words);
    for (const call of this.#listeners) call();
  }
}

/** @param {number} count */
const followersIn = (count) =>
  count === 0 ? "Nobody follows yet." : `${count} follow${count === 1 ? "s" : ""}.`;
