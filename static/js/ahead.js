// @ts-check
// Asks for all modules that the page names. Not a module itself, it runs where it stands: below the
// style sheet, which the browser waits for, so that the bar is painted first.

{
  const named = document.getElementById("modules");
  if (named instanceof HTMLTemplateElement) document.head.append(named.content);
}
