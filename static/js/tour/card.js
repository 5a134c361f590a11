// @ts-check
// The card that speaks: a question, two paragraphs, and the ways on. It is no modal: the page stays usable.

import { TOUR_STEPS } from "../state/tour.js";
import { make, write } from "../views/elements.js";

/**
 * @typedef {{next: () => void, back: () => void, leave: () => void,
 *   offer: () => void, show: () => void}} Ways
 * @typedef {{number: number, question: string, words: string[], offer: string | null, sure: boolean}} Told
 */

/** @param {Ways} ways */
export function createCard(ways) {
  const place = make("p", { class: "quiet", id: "tour-place" });
  const title = make("h2", { id: "tour-title", tabIndex: -1 });
  const words = make("div", { id: "tour-words", class: "tour-words" });
  const button = (
    /** @type {string} */ text,
    /** @type {string} */ look,
    /** @type {() => void} */ onclick,
  ) => make("button", { class: `button ${look}`, type: "button", onclick }, text);
  const back = button("Back", "plain", ways.back);
  const next = button("Next", "filled", ways.next);
  const offer = button("", "", ways.offer);
  const show = button("Show me", "tour-show", ways.show);
  const leave = make(
    "button",
    {
      class: "button plain tour-leave",
      type: "button",
      "aria-label": "Leave the tour",
      title: "Leave the tour",
      onclick: ways.leave,
    },
    "×",
  );
  const status = make("div", { class: "spoken", "aria-live": "polite" });
  const root = /** @type {HTMLElement} */ (
    make(
      "section",
      {
        class: "tour-card",
        id: "tour",
        role: "dialog",
        "aria-labelledby": "tour-title",
        "aria-describedby": "tour-words",
      },
      make("header", {}, place, leave),
      title,
      words,
      make("p", { class: "tour-ways" }, back, offer, show, next),
      status,
    )
  );

  /** @param {Told} told */
  function tell(told) {
    write(place, `Tour, ${told.number} of ${TOUR_STEPS}`);
    write(title, told.question);
    while (words.children.length > told.words.length) words.lastElementChild?.remove();
    told.words.forEach((text, at) => write(words.children[at] ?? words.appendChild(make("p")), text));
    back.hidden = told.number === 1;
    offer.hidden = told.offer === null;
    write(offer, told.offer ?? "");
    write(next, told.number === TOUR_STEPS ? "Done" : "Next");
    next.classList.toggle("filled", told.sure);
    offer.classList.toggle("filled", !told.sure);
  }

  let heard = "";
  const said = () => [...words.children].map((line) => line.textContent).join(" ");

  return {
    root,
    tell,
    /** The title takes the focus, so that it and then the words are read. */
    focus() {
      heard = said();
      title.focus({ preventScroll: true });
    },
    /** What has changed since, for those who listen. */
    announce() {
      if (said() !== heard) write(status, (heard = said()));
    },
    hush: () => write(status, ""),
  };
}
