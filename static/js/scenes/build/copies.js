// @ts-check
// The draft as code: copied for Keras, for PyTorch, or as a request.

import { codeOf } from "../../net/written_code.js";
import { sayDone } from "../../views/choices.js";
import { byId } from "../../views/elements.js";

/** @param {() => object | null} recipe */
export function mountCopies(recipe) {
  for (const library of ["keras", "torch", "curl"]) {
    const button = byId(`build-copy-${library}`);
    button.onclick = async () => {
      const asked = recipe();
      if (!asked) return;
      try {
        const { text } = await codeOf(asked, library);
        await navigator.clipboard.writeText(text);
        sayDone(button, "Copied");
      } catch (error) {
        sayDone(button, error instanceof Error ? error.message : String(error));
      }
    };
  }
}

/** A link to the draft, which starts nothing by itself. @param {() => string} link */
export function mountLinkCopy(link) {
  const button = byId("build-copy-link");
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(link());
      sayDone(button, "Copied");
    } catch {
      sayDone(button, "This page may not copy");
    }
  };
}

/** Leads to the place where the draft is trained many times, with some of it varied.
 * @param {() => string} link */
export function mountSweepLink(link) {
  byId("build-sweep").onclick = () => location.assign(link());
}
