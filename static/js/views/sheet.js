// @ts-check
// Style sheets of parts that are fetched when first asked for.

/** Adds a sheet below the page's own, which it may outdo. @param {HTMLLinkElement} sheet */
export const addSheet = (sheet) => document.body.append(sheet);

/** Resolves once it applies. @param {string} name  in `/static/css/` @returns {Promise<HTMLLinkElement>} */
export function loadSheet(name) {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = new URL(`../../css/${name}.css`, import.meta.url).href;
  return new Promise((resolve, reject) => {
    sheet.onload = () => resolve(sheet);
    sheet.onerror = () => reject(new Error(`the style sheet ${name} did not come`));
    addSheet(sheet);
  });
}
