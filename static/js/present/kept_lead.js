// @ts-check
// Remembers that this browser leads a class, so that a page loaded anew goes on with it.

const KEY = "filterscope-leader";
/** A leading page writes more often than that; who was silent for longer is gone. */
const SILENT_MILLISECONDS = 15_000;

/** @returns {{id: string, at: number} | null} */
function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null");
  } catch {
    return null; // private windows keep nothing
  }
}

/** @param {{id: string, at: number} | null} value */
function keep(value) {
  try {
    if (value) localStorage.setItem(KEY, JSON.stringify(value));
    else localStorage.removeItem(KEY);
  } catch {
    // Then the lead ends with the page.
  }
}

/** Whether a page of this browser led, whatever became of it. */
export const hasLed = () => kept() !== null;

/** The name of a lead that no page holds any more; `wait` is how long one may still be there. */
export function leftLead() {
  const found = kept();
  if (!found) return null;
  return { id: found.id, wait: Math.max(0, found.at + SILENT_MILLISECONDS - Date.now()) };
}

/** This page leads under that name. @param {string} id */
export const holdLead = (id) => keep({ id, at: Date.now() });

/** This page is left; the next may go on. @param {string} id */
export const letGo = (id) => keep({ id, at: 0 });

/** That lead is over; another window's goes on. @param {string} id */
export const forgetLead = (id) => void (kept()?.id === id && keep(null));
