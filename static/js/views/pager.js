// @ts-check
// Turns the pages of a layer with more filters than can be seen at once.

import { pageOf } from "../state/paging.js";
import { grouped } from "../words/numbers.js";
import { byId, write } from "./elements.js";

/** @param {import("../store.js").Store} store @param {import("../types.js").Commands} commands */
export function mountPager(store, commands) {
  const [before, next] = [byId("pager-before"), byId("pager-next")];
  const turn = (/** @type {number} */ by) => {
    const { number, count } = pageOf(store.state);
    commands.chooseFilter(null);
    commands.chooseDetails({ page: String(Math.max(0, Math.min(count - 1, number + by)) + 1) });
  };
  before.onclick = () => turn(-1);
  next.onclick = () => turn(1);
  store.subscribe((state) => {
    const { number, count, from, to, filters } = pageOf(state);
    byId("pager").hidden = count === 1;
    if (count === 1) return;
    write(byId("pager-words"), `Filters ${grouped(from + 1)} to ${grouped(to)} of ${grouped(filters)}`);
    before.ariaDisabled = number === 0 ? "true" : null;
    next.ariaDisabled = number === count - 1 ? "true" : null;
  });
}
