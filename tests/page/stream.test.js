// The stream of a run over connections that are dead but open, or tell nothing until they end.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { RunEvents } from "../../static/js/net/shared/run_events.js";
import { RunStream } from "../../static/js/net/shared/run_stream.js";
import { tryStreaming } from "../../static/js/net/shared/server_events.js";
import { doubt } from "../../static/js/net/shared/signs_of_life.js";
import { TeacherStream } from "../../static/js/net/shared/teacher_stream.js";

/** A connection that says what a test has it say. */
class Source extends EventTarget {
  static all = [];
  isOpen = true;
  constructor(url) {
    super();
    this.url = url;
    Source.all.push(this);
  }
  close() {
    this.isOpen = false;
  }
  tell(kind, seq, data = "{}") {
    assert.ok(this.isOpen, "a closed connection tells nothing");
    this.dispatchEvent(Object.assign(new Event(kind), { lastEventId: `${seq}`, data }));
  }
}

const newest = () => Source.all.at(-1);
const afterOf = (url) => Number(/after=(\d+)/.exec(url)[1]);
/** Answers every question with these, as the server would. @type {string | null} */
let answer;
let asked;
let now = 1e12;

const frame = (seq, kind) => `id: ${seq}\nevent: ${kind}\ndata: {"seq": ${seq}}\n\n`;

function ears() {
  const heard = { events: [], opened: [], lost: 0 };
  return {
    heard,
    onEvent: (kind, seq, text) => heard.events.push([kind, seq, text]),
    onOpen: (isHeldBack) => heard.opened.push(isHeldBack),
    onLost: () => (heard.lost += 1),
  };
}

/** Lets time go by, and what waits for it. */
async function pass(seconds) {
  for (let second = 0; second < seconds; second++) {
    now += 1000;
    mock.timers.tick(1000);
    for (let turn = 0; turn < 6; turn++) await Promise.resolve();
  }
}

/** The machine sleeps: no timer fires, and the clock has gone on. */
function sleep(seconds) {
  now += seconds * 1000;
}

beforeEach(() => {
  mock.timers.enable({ apis: ["setInterval", "setTimeout"] });
  mock.method(Date, "now", () => now);
  Source.all = [];
  asked = [];
  answer = "";
  globalThis.EventSource = Source;
  globalThis.fetch = async (url) => {
    asked.push(url);
    if (answer === null) throw new TypeError("Failed to fetch");
    return { ok: true, text: async () => `retry: 1000\n\n${answer}` };
  };
  tryStreaming();
  const works = new RunEvents("r", 0, ears());
  newest().tell("alive", "");
  works.close();
  Source.all = [];
});

afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

test("a stream that is quiet but alive is left alone", async () => {
  const one = ears();
  const events = new RunEvents("r", 0, one);
  newest().onopen();
  for (let minute = 0; minute < 8; minute++) {
    await pass(15);
    newest().tell("alive", "");
  }
  assert.deepEqual(one.heard, { events: [], opened: [false], lost: 0 });
  assert.equal(Source.all.length, 1);
  events.close();
});

test("a stream that was silent for 40 seconds is opened anew after the last event heard", async () => {
  const one = ears();
  const events = new RunEvents("r", 0, one);
  newest().onopen();
  newest().tell("run_started", 1);
  newest().tell("steps", 2);
  await pass(39);
  assert.equal(Source.all.length, 1);
  await pass(6);
  assert.equal(Source.all.length, 2);
  assert.equal(Source.all[0].isOpen, false);
  assert.equal(afterOf(newest().url), 2);
  newest().tell("steps", 3);
  assert.deepEqual(
    one.heard.events.map(([, seq]) => seq),
    [1, 2, 3],
  );
  assert.equal(one.heard.lost, 0);
  events.close();
});

test("waking up, another network and a tab that is looked at again doubt what has said nothing", async () => {
  const events = new RunEvents("r", 0, ears());
  newest().tell("steps", 7);
  await pass(3);
  sleep(25); // less than a silence, but nobody looked meanwhile
  await pass(5);
  assert.deepEqual(
    Source.all.map(({ url }) => afterOf(url)),
    [0, 7],
  );
  newest().tell("alive", "");
  doubt(2_000);
  assert.equal(Source.all.length, 2, "it has just said something");
  await pass(4);
  doubt(20_000);
  assert.equal(Source.all.length, 2, "nothing was due");
  doubt(2_000);
  doubt(2_000);
  assert.equal(Source.all.length, 3, "once, however many tabs say so");
  events.close();
  doubt(0);
  await pass(60);
  assert.equal(Source.all.length, 3);
});

test("a hidden tab whose timers are rare takes no living stream for dead; a clock set back does no harm", async () => {
  const events = new RunEvents("r", 0, ears());
  newest().tell("steps", 7);
  for (let minute = 0; minute < 3; minute++) {
    sleep(59);
    newest().tell("alive", "");
    await pass(1);
  }
  assert.equal(Source.all.length, 1);
  sleep(-3600);
  await pass(39);
  assert.equal(Source.all.length, 1);
  await pass(10);
  assert.equal(Source.all.length, 2);
  events.close();
});

test("after two streams that tell nothing it asks every two seconds, until the page is loaded anew", async () => {
  const one = ears();
  let events = new RunEvents("r", 0, one);
  answer = frame(1, "run_started") + frame(2, "steps");
  newest().onopen();
  await pass(20);
  assert.deepEqual(asked.map(afterOf), [0]);
  assert.match(asked[0], /wait=0/);
  answer = frame(3, "steps");
  await pass(20);
  assert.deepEqual(asked.map(afterOf), [0, 2]);
  assert.equal(Source.all.length, 2, "and no third");
  assert.deepEqual(one.heard.opened, [false, true]);
  answer = `event: alive\ndata: {}\n\n${frame(4, "steps")}`;
  await pass(2);
  answer = "";
  await pass(4);
  assert.deepEqual(asked.map(afterOf), [0, 2, 3, 4, 4]);
  assert.deepEqual(
    one.heard.events.map(([kind, seq]) => [kind, seq]),
    [
      ["run_started", 1],
      ["steps", 2],
      ["steps", 3],
      ["steps", 4],
    ],
  );
  answer = null;
  await pass(2);
  assert.equal(one.heard.lost, 1);
  answer = "";
  events = new RunEvents("r", 4, one); // as one tries again
  await pass(1);
  assert.equal(Source.all.length, 2);
  assert.equal(events.isHeldBack, true);
  events.close();
  tryStreaming();
  events = new RunEvents("r", 4, one);
  newest().tell("steps", 5);
  await pass(30);
  assert.equal(Source.all.length, 3);
  assert.equal(asked.length, 7);
  events.close();
});

test("where not even a question is answered, it is the connection that is lost", async () => {
  answer = null;
  for (let time = 0; time < 3; time++) {
    const one = ears();
    new RunEvents("r", 0, one);
    newest().onopen();
    await pass(21);
    assert.deepEqual(one.heard, { events: [], opened: [false], lost: 1 });
  }
  assert.equal(Source.all.length, 3, "streams are tried each time");
});

test("a stream that ends is lost at once, but one that told nothing for long is asked about", async () => {
  const one = ears();
  new RunEvents("r", 0, one);
  newest().onerror();
  assert.equal(one.heard.lost, 1);
  const two = ears();
  const events = new RunEvents("r", 0, two);
  answer = frame(1, "steps");
  await pass(8);
  newest().onerror();
  await pass(1);
  assert.deepEqual([two.heard.lost, two.heard.events.length, Source.all.length], [0, 1, 3]);
  newest().tell("steps", 2);
  events.close();
});

test("tabs that share a stream hear each event once over a connection that died, and a teacher's is given up", async () => {
  const posted = [];
  const port = { postMessage: (news) => posted.push(news) };
  const stream = new RunStream("r", () => {});
  stream.add(port, 0);
  stream.open();
  newest().onopen();
  newest().tell("steps", 1);
  await pass(46);
  newest().tell("steps", 2);
  assert.deepEqual(
    posted.map(({ kind, seq }) => [kind, seq]),
    [
      ["open", undefined],
      ["steps", 1],
      ["steps", 2],
    ],
  );
  stream.rest();
  const teacher = new TeacherStream();
  teacher.add(port);
  newest().tell("place", "", "here");
  await pass(39);
  assert.deepEqual(posted.at(-1), { kind: "place", text: "here" });
  await pass(6);
  assert.deepEqual(posted.at(-1), { kind: "lost" });
});

test("a teacher's stream that is held back is asked every two seconds, and says only what is new", async () => {
  const posted = [];
  const port = { postMessage: (news) => posted.push(news) };
  const teacher = new TeacherStream();
  teacher.add(port);
  answer = 'event: place\ndata: {"step": 1}\n\n';
  await pass(40);
  assert.equal(Source.all.length, 2, "two were tried");
  assert.match(asked[0], /api\/teaching\/events\?filters=0&wait=0/);
  const told = asked.length;
  await pass(4);
  assert.equal(asked.length, told + 2);
  assert.deepEqual(posted, [{ kind: "place", text: '{"step": 1}' }]);
  answer = "event: nobody\ndata: {}\n\n";
  await pass(2);
  assert.deepEqual(posted.at(-1), { kind: "nobody", text: "{}" });
  answer = null;
  await pass(2);
  assert.deepEqual(posted.at(-1), { kind: "lost" });
});
