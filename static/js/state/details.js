// @ts-check
// What the address says of a scene, read.

/** @param {string | undefined} text */
export const numberIn = (text) => (text !== undefined && /^\d{1,7}$/.test(text) ? Number(text) : null);
