// Replays the losses of long runs through the page's reducer: node bench/replaying.mjs ROOT STEPS PER_EVENT ...
// Prints how many seconds each took, and how many points its curve then has.

const [root, ...wanted] = process.argv.slice(2);
const { initialState } = await import(`${root}/static/js/state/initial.js`);
const { reduce } = await import(`${root}/static/js/state/reduce.js`);

function told(total, perEvent) {
  return Array.from({ length: total / perEvent }, (_, event) => {
    const step = Array.from({ length: perEvent }, (_, index) => event * perEvent + index + 1);
    const loss = step.map((at) => 2.3 / Math.sqrt(at));
    return { step, loss, accuracy: loss.map((one) => 1 - one / 2.3) };
  });
}

const found = [];
for (let at = 0; at < wanted.length; at += 2) {
  const [total, perEvent] = [Number(wanted[at]), Number(wanted[at + 1])];
  const events = told(total, perEvent);
  const run = { id: "long", name: "", status: "finished", preset: null, recipe: {}, step: total };
  let state = reduce(initialState(), { type: "run_opened", run: { ...run, total_steps: total } });
  const began = performance.now();
  events.forEach((data, index) => {
    state = reduce(state, { type: "event", run: "long", kind: "steps", seq: index + 1, at: 0, data });
  });
  found.push({ seconds: (performance.now() - began) / 1000, points: state.training.step.length });
}
console.log(JSON.stringify(found));
