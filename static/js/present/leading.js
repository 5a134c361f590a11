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
export function createLeading(store) {
  const leader = crypto.getRandomValues(new Uint32Array(2)).join("-");
  const button = byId("present-lead");
  const away = make(
    "button",
    { class: "button", type: "button", hidden: true, onclick: stop },
    "Stop leading",
  );
  document.querySelector(".bar .end")?.prepend(away);
  button.hidden = store.state.access === "watch";
  let leads = false;
  let told = "";
  let timer = 0;

  /** @param {boolean} begins */
  async function tell(begins) {
    told = keyOf(store.state);
    try {
      const { followers } = await teaching.lead(taughtPlace(store.state), leader, begins);
      if (leads)
        show(
          followers === 0
            ? "You lead. Nobody follows yet."
            : `You lead. ${followers} follow${followers === 1 ? "s" : ""}.`,
        );
    } catch (error) {
      if (isLedElsewhere(error)) end(TAKEN);
      else show(`The class could not be told: ${error instanceof Error ? error.message : error}`);
    }
  }
  const tellSoon = atMostEvery(TELL_MILLISECONDS, () => leads && keyOf(store.state) !== told && tell(false));

  function begin() {
    leads = true;
    timer = window.setInterval(() => tell(false), ALIVE_MILLISECONDS);
    tell(true);
    show("You lead.");
  }

  function stop() {
    teaching.leave(leader);
    end("");
  }

  /** @param {string} words */
  function end(words) {
    leads = false;
    clearInterval(timer);
    show(words);
  }

  /** @param {string} words */
  function show(words) {
    button.setAttribute("aria-pressed", String(leads));
    write(button, leads ? "Stop leading" : "Lead the class");
    away.hidden = !leads;
    byId("present-note").hidden = words === "";
    write(byId("present-note"), words);
  }

  button.onclick = () => (leads ? stop() : begin());
  store.onEvery(tellSoon);
  addEventListener("pagehide", () => leads && teaching.leave(leader));
}
