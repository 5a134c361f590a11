// @ts-check
// Hands and keys on the filters of A and B: whoever is chosen is ringed in both.

/** @param {HTMLElement} montage @param {import("../../types.js").Commands} commands */
export function letChoose(montage, commands) {
  montage.addEventListener("click", (event) => {
    const tile = event.target instanceof Element ? event.target.closest(".tile") : null;
    if (tile instanceof HTMLElement) commands.chooseFilter(Number(tile.dataset.filter));
  });
  montage.addEventListener("keydown", (event) => {
    const tiles = /** @type {HTMLElement[]} */ ([...montage.querySelectorAll(".tile")]);
    const here = tiles.indexOf(/** @type {HTMLElement} */ (event.target));
    const to = here < 0 || event.shiftKey ? undefined : targets(tiles, here)[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (!tiles[to]) return;
    commands.chooseFilter(Number(tiles[to].dataset.filter));
    tiles[to].focus();
  });
}

/** @param {HTMLElement[]} tiles @param {number} here @returns {Record<string, number>} */
function targets(tiles, here) {
  const columns = tiles.filter(({ offsetTop }) => offsetTop === tiles[0].offsetTop).length;
  return {
    ArrowLeft: here - 1,
    ArrowRight: here + 1,
    ArrowUp: here - columns,
    ArrowDown: here + columns,
    Home: 0,
    End: tiles.length - 1,
  };
}
