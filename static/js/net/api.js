// @ts-check
// Asking the server. Draws nothing.

import { refusedInFrame } from "./framed.js";
import { ROOT } from "./root.js";

/** What the server's error envelope says. */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {{code: string, message: string, field?: string | null, limit?: number | null}} error
   * @param {number} [retrySeconds]  after which to ask again
   */
  constructor(status, error, retrySeconds = 1) {
    super(error.message);
    this.status = status;
    this.code = error.code;
    this.field = error.field ?? null;
    this.limit = error.limit ?? null;
    this.retrySeconds = retrySeconds;
  }
}

/**
 * @template T  what is answered
 * @param {string} method
 * @param {string} path  below /api
 * @param {unknown} [body]  JSON, or a blob that goes as it is
 * @returns {Promise<T>}
 */
export async function ask(method, path, body) {
  const refused = refusedInFrame(method, path);
  if (refused) throw new ApiError(403, refused);
  const headers = { "Content-Type": body instanceof Blob ? body.type : "application/json" };
  const sent = body instanceof Blob ? body : JSON.stringify(body);
  const options = body === undefined ? {} : { headers, body: sent };
  /** @type {Response} */
  let response;
  try {
    response = await fetch(`${ROOT}api${path}`, { method, ...options });
  } catch {
    throw new ApiError(0, { code: "unreachable", message: "The server does not answer. Is it running?" });
  }
  if (response.status === 204) return /** @type {T} */ (null);
  const answer = await response.json().catch(() => null);
  if (response.ok) return answer;
  throw new ApiError(
    response.status,
    answer?.error ?? { code: "unknown", message: `The server answered ${response.status}.` },
    Number(response.headers.get("Retry-After")) || undefined,
  );
}

/** @param {string} id */
const runPath = (id) => `/runs/${encodeURIComponent(id)}`;

/**
 * @typedef {import("./answers.js").RunChange} RunChange
 * @typedef {import("../types.js").Run} Run
 */

export const api = {
  /** @returns {Promise<import("./answers.js").PresetList>} */
  presets: () => ask("GET", "/presets"),
  /** @returns {Promise<import("./answers.js").DatasetList>} */
  datasets: () => ask("GET", "/datasets"),
  /** @param {string} name @returns {Promise<import("./answers.js").DatasetAnswer>} */
  dataset: (name) => ask("GET", `/datasets/${encodeURIComponent(name)}`),
  /** Whatever needs it. @param {string} name @returns {Promise<null>} */
  removeDataset: (name) => ask("DELETE", `/datasets/${encodeURIComponent(name)}?even_if_needed=true`),
  /**
   * @param {string} dataset
   * @param {number} start
   * @param {number} count
   * @returns {Promise<import("./answers.js").Samples>}
   */
  samples: (dataset, start, count) =>
    ask("GET", `/datasets/${encodeURIComponent(dataset)}/samples?split=test&start=${start}&count=${count}`),
  /**
   * One picture, also as a network that is trained like this sees it.
   * @param {{dataset: string, scaling?: string, pixels?: string, seed?: number}} recipe
   * @param {number} index
   * @returns {Promise<import("./answers.js").Samples>}
   */
  sampleSeen: ({ dataset, scaling = "standard", pixels = "natural", seed = 0 }, index) =>
    ask(
      "GET",
      `/datasets/${encodeURIComponent(dataset)}/samples?start=${index}&count=1` +
        `&scaling=${scaling}&pixels=${pixels}&seed=${seed}`,
    ),
  /**
   * @param {string} name
   * @param {number[]} shape  HWIO
   * @param {number} seed
   * @returns {Promise<import("./answers.js").InitializerAnswer>}
   */
  initializer: (name, shape, seed) =>
    ask("GET", `/initializers/${encodeURIComponent(name)}?shape=${shape}&seed=${seed}`),
  /** @param {object} recipe @returns {Promise<import("./answers.js").Preview>} */
  preview: (recipe) => ask("POST", "/recipes/preview", recipe),
  /**
   * What a recipe would make, and what it can't be.
   * @param {object} recipe
   * @returns {Promise<import("./answers.js").RecipePlan>}
   */
  plan: (recipe) => ask("POST", "/recipes/plan", recipe),
  /**
   * The recipe as Keras and PyTorch code.
   * @param {object} recipe
   * @returns {Promise<import("./answers.js").CodeWritten>}
   */
  code: (recipe) => ask("POST", "/recipes/code", recipe),
  /** What pasted code means. @param {string} code @returns {Promise<import("./answers.js").CodeRead>} */
  readCode: (code) => ask("POST", "/code", { code }),
  /** @param {object} recipe @returns {Promise<Run>} */
  start: (recipe) => ask("POST", "/runs", recipe),
  /**
   * @param {number} limit
   * @param {string | null} [cursor]
   * @returns {Promise<{runs: Run[], next_cursor: string | null}>}
   */
  runs: (limit, cursor) =>
    ask("GET", `/runs?limit=${limit}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`),
  /** @param {string} id @returns {Promise<Run>} */
  run: (id) => ask("GET", runPath(id)),
  /** @param {string} id @param {RunChange} change @returns {Promise<Run>} */
  change: (id, change) => ask("PATCH", runPath(id), change),
  /** @param {string} id @returns {Promise<import("./answers.js").NumericsAnswer>} */
  numerics: (id) => ask("GET", `${runPath(id)}/numerics`),
  /**
   * All of one filter.
   * @param {string} id
   * @param {number} step
   * @param {string} layer
   * @param {number} filter
   * @returns {Promise<import("./answers.js").FilterAnswer>}
   */
  filter: (id, step, layer, filter) =>
    ask("GET", `${runPath(id)}/snapshots/${step}/filters/${layer}/${filter}`),
  /**
   * All filters of a layer, as they are and in pixels.
   * @param {string} id
   * @param {number} step
   * @param {string} layer
   * @returns {Promise<import("./answers.js").ExpandedAnswer>}
   */
  expanded: (id, step, layer) => ask("GET", `${runPath(id)}/snapshots/${step}/filters/${layer}`),
  /**
   * Which way the next batch pulls it.
   * @param {string} id
   * @param {number} step
   * @param {string} layer
   * @param {number} filter
   * @returns {Promise<import("./answers.js").GradientAnswer>}
   */
  gradient: (id, step, layer, filter) =>
    ask("GET", `${runPath(id)}/snapshots/${step}/filters/${layer}/${filter}/gradient`),
  /**
   * One layer's weights after so many steps, or the `latest`.
   * @param {string} id
   * @param {number | string} step
   * @param {string} layer
   * @returns {Promise<import("./answers.js").SnapshotAnswer>}
   */
  snapshot: (id, step, layer) =>
    ask("GET", `${runPath(id)}/snapshots/${step}?layer=${encodeURIComponent(layer)}`),
  /**
   * The steps at which a layer was kept. To ask is to be looking at it: a program that trains elsewhere
   * then sends it.
   * @param {string} id
   * @param {string} layer
   * @returns {Promise<import("./answers.js").SnapshotList>}
   */
  stepsOf: (id, layer) => ask("GET", `${runPath(id)}/snapshots?layer=${encodeURIComponent(layer)}`),
  /**
   * The steps of which the whole network is on record, and what a file of it weighs.
   * @param {string} id
   * @returns {Promise<import("./answers.js").SnapshotList>}
   */
  networkSteps: (id) => ask("GET", `${runPath(id)}/snapshots?whole=true`),
  /**
   * Which known rule may have drawn a layer's first weights.
   * @param {string} id
   * @param {string} layer
   * @returns {Promise<import("./answers.js").FirstWeightsAnswer>}
   */
  firstWeights: (id, layer) => ask("GET", `${runPath(id)}/start?layer=${encodeURIComponent(layer)}`),
  /**
   * Every step's loss, accuracy and rate.
   * @param {string} id
   * @returns {Promise<import("./answers.js").MetricsAnswer>}
   */
  metrics: (id) => ask("GET", `${runPath(id)}/metrics`),
  /** @param {string} id @param {string} layer @returns {Promise<import("./answers.js").FilmAnswer>} */
  film: (id, layer) => ask("GET", `${runPath(id)}/film?layer=${encodeURIComponent(layer)}`),
  /**
   * What training added, judged at each snapshot after a step.
   * @param {string} id
   * @param {number} after
   * @returns {Promise<import("./answers.js").AddedAnswer>}
   */
  added: (id, after) => ask("GET", `${runPath(id)}/added?after_step=${after}`),
  /**
   * The test pictures that it takes for something else after so many steps, and since when.
   * @param {string} id
   * @param {number} step
   * @param {{label: number, taken: number} | null} cell  only pictures of this class that are taken for that
   * @returns {Promise<import("./answers.js").MistakesAnswer>}
   */
  mistakes: (id, step, cell) => {
    const only = cell ? `&label=${cell.label}&taken_for=${cell.taken}` : "";
    return ask("GET", `${runPath(id)}/snapshots/${step}/mistakes?count=48&since=1${only}`);
  },
  /**
   * How often pictures of each class were taken for which.
   * @param {string} id
   * @param {number} step
   * @returns {Promise<import("./answers.js").ConfusionAnswer>}
   */
  confusion: (id, step) => ask("GET", `${runPath(id)}/snapshots/${step}/confusion`),
  /**
   * What filters of a layer are worth.
   * @param {string} id
   * @param {number} step
   * @param {Pick<import("./answers.js").AblationQuestion, "layer" | "filters"> & {how?: string}} question
   * @returns {Promise<import("./answers.js").AblationAnswer>}
   */
  ablation: (id, step, question) => ask("POST", `${runPath(id)}/snapshots/${step}/ablation`, question),
  /**
   * A new run that begins with the weights of a step.
   * @param {string} id
   * @param {number} step
   * @param {import("./answers.js").TrainingOn} question
   * @returns {Promise<import("../types.js").Run>}
   */
  trainOn: (id, step, question) => ask("POST", `${runPath(id)}/snapshots/${step}/runs`, question),
  /**
   * What the network makes of a picture after so many steps.
   * @param {string} id
   * @param {number | string} step
   * @param {object} question
   * @returns {Promise<import("./answers.js").ActivationsAnswer>}
   */
  activations: (id, step, question) => ask("POST", `${runPath(id)}/snapshots/${step}/activations`, question),
  /**
   * What all of a network makes of a test picture after so many steps.
   * @param {string} id
   * @param {number} step
   * @param {number} index
   * @returns {Promise<import("./answers.js").NetworkAnswer>}
   */
  network: (id, step, index) => ask("GET", `${runPath(id)}/snapshots/${step}/network?index=${index}`),
  /**
   * One number of a feature map, taken apart.
   * @param {string} id
   * @param {number} step
   * @param {object} question
   * @returns {Promise<import("./answers.js").PlaceAnswer>}
   */
  place: (id, step, question) => ask("POST", `${runPath(id)}/snapshots/${step}/convolve`, question),
};
