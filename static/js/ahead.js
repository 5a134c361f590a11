// @ts-check
// Asks for all modules that the page names. Not a module itself, it runs where it stands: below the
// style sheet, which the browser waits for, so that the bar is painted first. What older browsers lack is
// added here too.

{
  // A page of which a module is missing would stand there blank, so it says that first of all.
  const tellUnfetched = () => {
    const notice = document.getElementById("unfetched");
    const again = notice?.querySelector("button");
    if (!notice || !again) return;
    again.onclick = () => location.reload();
    notice.hidden = false;
  };
  addEventListener("error", ({ target }) => target instanceof HTMLScriptElement && tellUnfetched(), true);
  // The same for what is fetched later on: a browser asks only once for a module that didn't come.
  addEventListener("unhandledrejection", (event) => {
    if (!/dynamically imported module|module script failed|style sheet/.test(String(event.reason))) return;
    event.preventDefault();
    tellUnfetched();
  });
  // Firefox before 119 sets no attribute for these, and a screen reader would never hear of them.
  const reflected = ["Disabled", "Label", "Pressed", "Selected", "ValueMax", "ValueNow", "ValueText"];
  for (const name of reflected.filter((one) => !(`aria${one}` in Element.prototype)))
    Object.defineProperty(Element.prototype, `aria${name}`, {
      /** @this {Element} */
      get() {
        return this.getAttribute(`aria-${name.toLowerCase()}`);
      },
      /** @this {Element} @param {string | null} value */
      set(value) {
        if (value === null) this.removeAttribute(`aria-${name.toLowerCase()}`);
        else this.setAttribute(`aria-${name.toLowerCase()}`, value);
      },
    });
  const named = document.getElementById("modules");
  if (named instanceof HTMLTemplateElement) document.head.append(named.content);
  // Addresses are written as seen from here, and the page's own is about to change.
  const links = /** @type {NodeListOf<HTMLAnchorElement | HTMLLinkElement>} */ (
    document.querySelectorAll("[data-from-root]")
  );
  for (const link of links) link.href = String(link.href);
}
