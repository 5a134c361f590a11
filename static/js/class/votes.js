// @ts-check
// One's own last answer, so that a page that is loaded anew knows it.

const KEPT = "filterscope-vote";

/** @param {string} poll @returns {number | null} */
export function kept(poll) {
  try {
    const { id, vote } = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
    return id === poll ? vote : null;
  } catch {
    return null;
  }
}

/** @param {string} id @param {number} vote */
export function keep(id, vote) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ id, vote }));
  } catch {
    // then a page that is loaded anew knows no answer of its own
  }
}
