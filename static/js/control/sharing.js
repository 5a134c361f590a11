// @ts-check
// What to say of a link that was copied: whether others can open it, and how they could.

import { teaching } from "../net/teaching.js";
import { sayDone } from "../views/choices.js";
import { byId, make } from "../views/elements.js";

const ALONE = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;

/** Whether an address means the computer that it is opened on. @param {string} hostname */
export const isThisComputer = (hostname) => ALONE.test(hostname);

/** Says below the bar that a link opens on this computer only, and what lets others in. */
export async function tellAlone() {
  const path = location.pathname + location.search;
  const { url, sentence } = await teaching.join(path).catch(() => ({ url: null, sentence: "" }));
  const box = byId("shared");
  const close = link("Close", () => (box.hidden = true));
  const lead = make("strong", {}, "This link works on this computer only. ");
  box.replaceChildren(lead, ...(url === null ? wayOut(sentence) : others(url)), " ", close);
  box.hidden = false;
}

/** @param {string} sentence */
const wayOut = (sentence) => (sentence ? ["To let others in: ", lowered(sentence)] : []);

/** @param {string} url */
function others(url) {
  const copy = link("Copy the link for others", async () => {
    const copied = await navigator.clipboard?.writeText(url).then(
      () => true,
      () => false,
    );
    sayDone(copy, copied ? "Copied" : url);
  });
  return ["Others in your network have another one, by which they can watch. ", copy];
}

/** @param {string} words @param {() => void} onclick */
const link = (words, onclick) => make("button", { class: "link", type: "button", onclick }, words);

/** @param {string} sentence */
const lowered = (sentence) => sentence.charAt(0).toLowerCase() + sentence.slice(1);
