// @ts-check
// Style sheets of parts that are fetched when first asked for.

/** Resolves once it applies. @param {string} name  in `/static/css/` @returns {Promise<unknown>} */
export function loadSheet(name) {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = `/static/css/${name}.css`;
  return new Promise((resolve, reject) => {
    sheet.onload = resolve;
    sheet.onerror = reject;
    document.head.append(sheet);
  });
}
