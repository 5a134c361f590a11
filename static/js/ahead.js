// @ts-check
// Asks for all modules that the page names. Not a module itself, it runs where it stands: below the
// style sheet, which the browser waits for, so that the bar is painted first.

{
  // A page of which a module is missing would stand there blank, so it says that first of all.
  addEventListener(
    "error",
    ({ target }) => {
      const words = document.getElementById("unfetched");
      if (!(target instanceof HTMLScriptElement) || !words) return;
      words.hidden = false;
    },
    true,
  );
  const named = document.getElementById("modules");
  if (named instanceof HTMLTemplateElement) document.head.append(named.content);
  // Addresses are written as seen from here, and the page's own is about to change.
  const links = /** @type {NodeListOf<HTMLAnchorElement | HTMLLinkElement>} */ (
    document.querySelectorAll("[data-from-root]")
  );
  for (const link of links) link.href = String(link.href);
}
