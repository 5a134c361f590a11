"""The page's own rules, asked of its modules."""

import base64
import struct

import pytest

pytestmark = pytest.mark.browser

FILTERS = 4


def snapshot(step, labels, weight=0.05):
    values = [weight * (-1) ** at for at in range(3 * 3 * FILTERS)]
    kernel = {
        "dtype": "f4",
        "shape": f"3, 3, 1, {FILTERS}",
        "bdata": base64.b64encode(struct.pack(f"<{len(values)}f", *values)).decode(),
    }
    counts = {label: labels.count(label) for label in set(labels)}
    oriented = sum(label in ("edge", "line") for label in labels) / FILTERS
    each = [0.5] * FILTERS
    return {
        "step": step,
        "layer": "conv1",
        "kernel": kernel,
        "label": labels,
        "counts": counts,
        "score": each,
        "orientation_degrees": each,
        "coherence": each,
        "change": each,
        "colour": [""] * FILTERS,
        "layer_score": 0.5,
        "oriented": oriented,
    }


NOISE = ["noise"] * FILTERS
STORY = [
    ("run_started", {"recipe": {}, "total_steps": 100}),
    ("snapshot", snapshot(0, NOISE)),
    ("evaluated", {"step": 0, "validation_loss": 2.3, "validation_accuracy": 0.1}),
    ("steps", {"step": [1, 2], "loss": [2.2, 2.1], "accuracy": [0.1, 0.2]}),
    ("snapshot", snapshot(2, ["edge", "noise", "noise", "noise"])),
    ("snapshot", snapshot(10, ["edge", "line", "edge", "noise"], weight=0.2)),
    ("run_finished", {"step": 10}),
]
REPLAY = """
    (async () => {
        const { initialState } = await import('/static/js/state/initial.js');
        const selectors = await import('/static/js/state/selectors.js');
        const { headline, under } = await import('/static/js/words/headline.js');
        const run = { id: 'r', name: 'R', status: 'queued', preset: null, recipe: {} };
        let state = [
            { type: 'presets_loaded', presets: [] },
            { type: 'run_opened', run: { ...run, step: 0, total_steps: 100 } },
        ].reduce(m.reduce, initialState());
        const limits = [];
        for (const event of a.events) {
            const at = event.seq * 50;
            state = m.reduce(state, { type: 'event', run: a.run ?? 'r', at, ...event });
            limits.push(selectors.sharedLimit(state));
        }
        state = (a.then ?? []).reduce(m.reduce, state);
        return {
            limits,
            headline: headline(state),
            under: under(state),
            marks: selectors.marks(state),
            seq: state.seq,
            gaps: state.gaps,
            steps: state.frames.map((frame) => frame.step),
            status: state.run.status,
            step: state.run.step,
            training: state.training.step,
            current: selectors.currentFrame(state)?.step,
            live: selectors.isLive(state),
        };
    })()
"""


@pytest.fixture
def replay(screen):
    screen.go()

    def told(events=STORY, first=1, **more):
        numbered = [
            {"kind": kind, "seq": first + at, "data": data}
            for at, (kind, data) in enumerate(events)
        ]
        return screen.module("state/reduce.js", REPLAY, {"events": numbered, **more})

    return told


def test_a_recorded_run_tells_its_end(replay):
    end = replay()
    assert end["headline"] == "3 of 4 filters see edges or lines."
    assert (end["status"], end["step"], end["live"]) == ("finished", 10, False)
    assert end["steps"] == [0, 2, 10]
    assert end["training"] == [1, 2]
    assert not end["gaps"]


ALERT = ("alert", {"step": 10, "message": "Dead in conv1: filter 3. Try another seed."})


def test_the_newest_alert_takes_the_line_under_the_headline(replay):
    older = ("alert", {"step": 2, "message": "Exploding: all of it."})
    told = replay([*STORY[:-1], older, ALERT])["under"]
    assert told == {"tone": "warn", "lead": "Dead in conv1:", "text": "filter 3. Try another seed."}
    assert replay([*STORY[:-1], ALERT, STORY[-1]])["under"] == told


def test_who_looks_back_reads_of_that_instead_of_an_alert(replay):
    back = replay([*STORY[:-1], ALERT], then=[{"type": "looked_at", "step": 2}])
    assert back["under"]["lead"] == "You are looking at step 2."


def test_another_run_begins_without_the_alerts_of_the_last(replay):
    run = {"id": "s", "name": "S", "status": "running", "preset": None, "recipe": {}, "step": 0}
    opened = {"type": "run_opened", "run": run | {"total_steps": 100}}
    assert replay([*STORY[:-1], ALERT], then=[opened])["under"]["tone"] == ""


def test_an_event_heard_twice_counts_once(replay):
    assert replay(STORY + STORY, first=1)["seq"] == 2 * len(STORY)
    twice = [STORY[0], *STORY]
    assert replay(twice)["steps"] == [0, 2, 10]


def test_events_of_another_run_are_left_aside(replay):
    assert replay(run="other")["steps"] == []


def test_the_scale_never_shrinks_and_covers_the_film(replay):
    limits = replay()["limits"]
    assert limits == sorted(limits)
    assert limits[-1] == pytest.approx(0.2, rel=0.05)


def test_marks_say_when_edges_came_to_stay(replay):
    assert replay()["marks"] == [
        {"step": 2, "words": "first edges"},
        {"step": 10, "words": "half of them"},
    ]


def test_looking_back_shows_the_frame_at_or_before_the_step(replay):
    back = replay(then=[{"type": "looked_at", "step": 7}])
    assert back["current"] == 2
    assert back["headline"] == "1 of 4 filters saw edges or lines."


def test_looking_at_the_last_step_is_looking_live(replay):
    assert (
        replay(then=[{"type": "looked_at", "step": 10}])["headline"]
        == "3 of 4 filters see edges or lines."
    )


STAGE = {"width": 492, "height": 600, "gap": 8, "caption": 22}
PHONE = {"width": 328, "height": 1e9, "gap": 8, "caption": 18, "columns": 4}
FLAT = {"width": 492, "height": 100, "gap": 8, "caption": 22}


@pytest.mark.parametrize(
    ("room", "count", "size", "columns", "tile"),
    [
        (STAGE, 16, 9, 4, 117),
        (STAGE, 16, 7, 4, 112),
        (STAGE, 32, 11, 7, 55),
        (PHONE, 16, 9, 4, 72),
        (FLAT, 1024, 3, 45, 3),
    ],
)
def test_tiles_are_the_largest_whole_multiple_that_fits(screen, room, count, size, columns, tile):
    wanted = {**room, "count": count, "cellWidth": size, "cellHeight": size, "ratio": 1}
    fit = screen.module("kernels/fit.js", "m.fitTiles(a)", wanted)
    assert (fit["columns"], fit["width"]) == (columns, tile)
    assert fit["columns"] * (fit["width"] + room["gap"]) - room["gap"] <= room["width"]


def test_widened_filters_keep_their_pixels_and_the_gaps_stay_empty(screen):
    row = screen.module(
        "kernels/columns.js",
        """(() => {
            const atlas = new ImageData(new Uint8ClampedArray(new Uint32Array(a).buffer), 4, 2);
            const fit = { columns: 2, width: 2, gapX: 1 };
            const wide = new ImageData(10, 2);
            m.widen(atlas, m.sourcesOf(fit, 2, 2, 10), wide);
            return [...new Uint32Array(wide.data.buffer)];
        })()""",
        [1, 2, 3, 4, 5, 6, 7, 8],
    )
    assert row[:10] == [1, 1, 2, 2, 0, 0, 3, 3, 4, 4]
    assert row[10:] == [5, 5, 6, 6, 0, 0, 7, 7, 8, 8]


def test_a_second_picture_on_the_same_paper_leaves_nothing_of_the_first(screen):
    painted = screen.module(
        "kernels/atlas.js",
        """(() => {
            const shape = [1, 1, 2, 2];
            const paper = m.emptyAtlas(shape, 1);
            const paint = (weights, image) => {
                const kernel = { shape, weights: new Float32Array(weights) };
                return [...m.paintAtlas(kernel, () => 1, null, 1, image).data];
            };
            paint(a[0], paper);
            return [paint(a[1], paper), paint(a[1])];
        })()""",
        [[1, -1, 1, -1], [0, 0.5, -0.5, 0.25]],
    )
    assert painted[0] == painted[1]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("m.fixed(-0.004)", "0.00"),
        ("m.fixed(-0.126)", "−0.13"),
        ("m.signed(0.13)", "+0.13"),
        ("m.percent(0.9375)", "94 %"),
        ("m.inWords(32)", "thirty-two"),
        ("m.inWords(20)", "twenty"),
        ("m.spokenTime(4.1)", "four seconds"),
        ("m.spokenTime(540)", "nine minutes"),
        ("m.shortTime(540)", "9 min"),
    ],
)
def test_numbers_are_said_as_people_say_them(screen, call, words):
    assert screen.module("words/numbers.js", call) == words


def test_the_signed_colours_are_paper_at_zero_and_dark_at_both_ends(screen):
    painted = screen.module(
        "kernels/colours.js",
        "a.map((w) => [...m.DIVERGING.slice(m.levelOf(w, 1) * 3, m.levelOf(w, 1) * 3 + 3)])",
        [-5, -1, 0, 1, 5],
    )
    blue, paper, orange = [13, 37, 77], [245, 245, 245], [66, 24, 8]
    assert painted == [blue, blue, paper, orange, orange]
