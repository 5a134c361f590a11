// What the server tells, as types. Written by `python -m app.page_types`; don't change it by hand.

export interface Ablated {
  accuracy: number;
  drop: number;
  low: number;
  high: number;
  per_class: (number | null)[];
}

export interface AblatedFilter {
  accuracy: number;
  drop: number;
  low: number;
  high: number;
  per_class: (number | null)[];
  filter: number;
}

export interface AblationAnswer {
  step: number;
  layer: string;
  how: "off" | "noise" | "only";
  images: number;
  class_names: string[];
  accuracy: number;
  per_class: (number | null)[];
  filters: AblatedFilter[];
  together: Ablated | null;
}

export interface AblationQuestion {
  layer: string;
  filters?: number[] | null;
  how: "off" | "noise" | "only";
}

export interface ActivationsAnswer {
  step: number;
  label: number | null;
  layers: FeatureMaps[];
  class_names: string[];
  probabilities: number[] | null;
  reason: string | null;
  logits?: number[] | null;
  image: TypedArray;
  input: TypedArray;
}

export interface ActivationsQuestion {
  index?: number | null;
  split: "train" | "test";
  image?: unknown;
  png?: string | null;
  scaling?: "pixels" | "unit" | "symmetric" | null;
  switched?: Switched | null;
}

export interface Adadelta {
  learning_rate: number;
  schedule: "constant" | "linear";
  type: "adadelta";
  rho: number;
  epsilon: number;
}

export interface Adam {
  learning_rate: number;
  schedule: "constant" | "linear";
  type: "adam";
  beta_1: number;
  beta_2: number;
  epsilon: number;
}

export interface AdamW {
  learning_rate: number;
  schedule: "constant" | "linear";
  type: "adamw";
  beta_1: number;
  beta_2: number;
  epsilon: number;
  weight_decay: number;
}

export interface AddedAnswer {
  layer: string;
  steps: number[];
  left: number[][];
  chance: number;
  likelihood?: number[] | null;
  template_r2?: number[][][] | null;
  score?: number[][] | null;
  label?: string[][] | null;
  since?: number[][] | null;
  orientation_degrees?: number[][] | null;
  coherence?: number[][] | null;
  cycles_per_pixel?: number[][] | null;
  colour?: string[][] | null;
  layer_score?: number[] | null;
  oriented?: number[] | null;
  counts?: Record<string, number>[] | null;
}

export interface Alert {
  kind: "alert";
  step: number;
  code:
    | "dead"
    | "duplicate"
    | "still_at_initialisation"
    | "exploding"
    | "learning_rate_too_small"
    | "not_finite";
  message: string;
  layer?: string | null;
  filters?: number[] | null;
}

export interface AnswerCourse {
  step: number[];
  accuracy: number[];
}

export interface AskedAxis {
  field: string;
  values: (number | string | boolean)[];
}

export interface AskedSweep {
  base: string | Recipe | PresetWithOverrides;
  axes: AskedAxis[];
  seeds?: number[] | null;
  keep: "films" | "ends";
  name?: string | null;
}

export interface AveragePool2D {
  pool_size: number;
  strides?: number | null;
  padding: "valid" | "same";
  type: "average_pool2d";
}

export interface BatchNormalization {
  momentum: number;
  epsilon: number;
  center: boolean;
  scale: boolean;
  trainable: boolean;
  type: "batch_normalization";
}

export interface BatchTold {
  next: number;
  wanted: number[];
  alerts: Alert[];
}

export interface BeingMade {
  name: string;
  done: number;
  total: number | null;
}

export interface BestTemplate {
  family: string;
  pixels: TypedArray;
  amplitude: number[];
}

export interface Can {
  steer: boolean;
  rerun: boolean;
  look: "kernel" | "network" | "data";
}

export interface CellOfSweep {
  at: number[];
  values: (boolean | number | number | string)[];
  seeds: SeedOfCell[];
}

export interface CellStrip {
  at: number[];
  seed: number | null;
  run: string | null;
  step: number | null;
  kernels: TypedArray | null;
  seeds: SeedMoment[];
}

export interface Chance {
  template_r2: TemplateShares;
  coherence: number;
}

export interface Check {
  rule: "finite" | "dead" | "duplicates" | "learned" | "oriented";
  layer: string | null;
  outcome: "passed" | "failed" | "skipped";
  value?: number | null;
  limit?: number | null;
  sentence: string;
}

export interface Classify {
  type: "classify";
}

export interface ClusterAnswer {
  scheduler: string | null;
  status: "none" | "away" | "connected";
  workers: number;
  threads: number;
  message: string | null;
}

export interface CodeLine {
  dialect: "keras1" | "keras" | "torch";
  code: string;
  words: CodeWord[];
  why: string | null;
}

export interface CodeNote {
  about: string;
  sentence: string;
}

export interface CodeRead {
  code: string;
  dialect: "keras1" | "keras" | "torch";
  is_whole: boolean;
  words: CodeWord[];
  notes: CodeNote[];
  recipe: Recipe;
}

export interface CodeWord {
  start: number;
  end: number;
  means: string;
  layer: number | null;
}

export interface CodeWritten {
  lines: CodeLine[];
  layers: LayerCode[];
  keras: string | null;
  torch: string | null;
  curl: string;
  why: string | null;
}

export interface ConfusionAnswer {
  step: number;
  images: number;
  class_names: string[];
  matrix: number[][];
}

export interface Continues {
  run: string;
  step: number;
  weights_only: boolean;
}

export interface Conv2D {
  filters: number;
  kernel_size: number;
  strides: number;
  padding: "valid" | "same";
  activation: "linear" | "relu" | "tanh" | "sigmoid";
  kernel_initializer:
    | "glorot_uniform"
    | "glorot_normal"
    | "he_uniform"
    | "he_normal"
    | "lecun_uniform"
    | "lecun_normal"
    | "zeros"
    | KernelBank
    | GivenKernel
    | RunKernel;
  weight_decay: number;
  trainable: boolean;
  type: "conv2d";
}

export interface CoursesAnswer {
  run: string;
  filters: FilterCourse;
  answers: AnswerCourse;
}

export interface DatasetAnswer {
  name: string;
  title: string;
  sentence: string;
  shape: [number, number, number];
  class_names: string[];
  train_size: number;
  test_size: number;
  source: string;
  licence: string;
  own?: OwnAnswer | null;
}

export interface DatasetList {
  datasets: DatasetAnswer[];
  being_made: BeingMade[];
}

export interface Deletion {
  runs?: string[] | null;
  sweep?: string | null;
}

export interface DeletionAnswer {
  id: string;
  runs: string[];
  until: string;
}

export interface Dense {
  units: number;
  activation: "linear" | "relu" | "tanh" | "sigmoid";
  kernel_initializer:
    | "glorot_uniform"
    | "glorot_normal"
    | "he_uniform"
    | "he_normal"
    | "lecun_uniform"
    | "lecun_normal"
    | "zeros";
  weight_decay: number;
  trainable: boolean;
  type: "dense";
}

export interface DepthwiseConv2D {
  kernel_size: number;
  strides: number;
  padding: "valid" | "same";
  depth_multiplier: number;
  activation: "linear" | "relu" | "tanh" | "sigmoid";
  depthwise_initializer:
    | "glorot_uniform"
    | "glorot_normal"
    | "he_uniform"
    | "he_normal"
    | "lecun_uniform"
    | "lecun_normal"
    | "zeros";
  weight_decay: number;
  trainable: boolean;
  type: "depthwise_conv2d";
}

export interface Described {
  name: string;
  source: "own" | "watched" | "opened" | "cluster";
  layers: DescribedLayer[];
  framework?: string | null;
  dataset?: string | null;
  objective?: "classify" | "sparse-code" | null;
  controls: ("shuffled pixels" | "random labels")[];
  seed?: number | null;
  class_names: string[];
  step_unit: "update" | "epoch" | "file";
  begins: "start" | "unknown";
  loss_kind: "batch" | "epoch_mean";
  input_shape?: [number, number, number] | null;
  network?: KnownNetwork | null;
  notes: string[];
  continues?: Continues | null;
}

export interface DescribedLayer {
  name: string;
  title: string;
  kind: string;
  shape?: number[] | null;
  groups: number;
  strides?: number[] | null;
  padding?: "valid" | "same" | [number, number][] | null;
  dilation?: number[] | null;
  activation?: string | null;
  bias?: boolean | null;
}

export interface DrawingNamed {
  name: string;
  class_index: number;
  probability: number;
}

export interface DrawingsChange {
  leader: string;
  is_open: boolean;
  run?: string | null;
}

export interface DrawingsList {
  drawings: DrawingsTold | null;
  items: PhoneDrawing[];
}

export interface DrawingsTold {
  id: string;
  is_open: boolean;
  run: string;
  step: number;
  shape: number[];
  class_names: string[];
  count: number;
}

export interface DrawnAnswer {
  step: number;
  label: number | null;
  layers: FeatureMaps[];
  class_names: string[];
  probabilities: number[] | null;
  reason: string | null;
  logits?: number[] | null;
}

export interface Dropout {
  rate: number;
  type: "dropout";
}

export interface ErrorAnswer {
  error: ErrorDetail;
}

export interface ErrorDetail {
  code: string;
  message: string;
  field?: string | null;
  limit?: number | null;
}

export interface Evaluated {
  kind: "evaluated";
  step: number;
  validation_loss?: number | null;
  validation_accuracy?: number | null;
  samples?: number | null;
}

export interface Evaluations {
  step: number[];
  validation_loss: (number | null)[] | null;
  validation_accuracy: (number | null)[] | null;
}

export interface ExpandedAnswer {
  step: number;
  layer: string;
  kernel: TypedArray;
  expanded: TypedArray;
  caption: string;
}

export interface FeatureMaps {
  layer: string;
  maps: TypedArray;
}

export interface FileLeftOut {
  name: string;
  why: string;
}

export interface FilesToOpen {
  film?: string | null;
  paths?: string[] | null;
  name?: string | null;
  layout?: "hwio" | "oihw" | null;
}

export interface FilmAnswer {
  layer: string;
  steps: number[];
  kernels: TypedArray;
  bias?: number[][] | null;
  score?: (number[] | null)[] | null;
  label?: (string[] | null)[] | null;
  since?: (number[] | null)[] | null;
  orientation_degrees?: (number[] | null)[] | null;
  coherence?: (number[] | null)[] | null;
  cycles_per_pixel?: (number[] | null)[] | null;
  template_r2?: ([number, number, number, number][] | null)[] | null;
  colour?: (string[] | null)[] | null;
  norm?: (number[] | null)[] | null;
  change?: (number[] | null)[] | null;
  correlation?: (number[] | null)[] | null;
  layer_score?: (number | null)[] | null;
  oriented?: (number | null)[] | null;
  counts?: (Record<string, number> | null)[] | null;
  rose?: (number[] | null)[] | null;
  near_duplicates?: ([number, number, number][] | null)[] | null;
  duplicate_pairs?: (number | null)[] | null;
  plane_p?: (number[] | null)[] | null;
  plane_verdict?: (string | null)[] | null;
}

export interface FilterAnswer {
  step: number;
  layer: string;
  index: number;
  filters: number;
  story: FilterStory;
  kernel: TypedArray;
  receptive_field: ReceptiveFieldAnswer | null;
  expanded: TypedArray | null;
  caption: string;
  patches: TopPatchesAnswer | null;
  reason?: string | null;
}

export interface FilterCourse {
  step: number[];
  edges: number[];
  score: number[];
}

export interface FilterStory {
  template_r2?: TemplateShares | null;
  template?: BestTemplate | null;
  chance?: Chance | null;
  score?: number | null;
  label?: string | null;
  orientation_degrees?: number | null;
  coherence?: number | null;
  cycles_per_pixel?: number | null;
  colour?: string | null;
  norm: number;
  change: number;
  correlation: number;
}

export interface FilterStrip {
  run: string;
  step: number;
  layer: string;
  kind: string | null;
  kernel: TypedArray;
}

export interface Filters {
  score: number;
  oriented: number;
  labels: Record<string, number>;
}

export interface FirstSnapshot {
  step: number;
  layer: string;
  kernel: TypedArray;
  score?: number[] | null;
  label?: string[] | null;
  since?: number[] | null;
  orientation_degrees?: number[] | null;
  coherence?: number[] | null;
  cycles_per_pixel?: number[] | null;
  template_r2?: [number, number, number, number][] | null;
  colour?: string[] | null;
  norm?: number[] | null;
  change?: number[] | null;
  correlation?: number[] | null;
  layer_score?: number | null;
  oriented?: number | null;
  counts?: Record<string, number> | null;
  rose?: number[] | null;
  near_duplicates?: [number, number, number][] | null;
  duplicate_pairs?: number | null;
  plane_p?: number[] | null;
  plane_verdict?: string | null;
  bias?: number[] | null;
}

export interface FirstWeightsAnswer {
  step: number;
  layer: string;
  shape: number[];
  fan_in: number;
  fan_out: number;
  mean: number;
  standard_deviation: number;
  fits: StartFitAnswer[];
  nearest: StartFitAnswer;
  sentence: string;
}

export interface Flatten {
  type: "flatten";
}

export interface GivenKernel {
  kernel: KernelArray;
  source?: RunKernel | null;
  type: "given";
}

export interface GlobalAveragePool2D {
  type: "global_average_pool2d";
}

export interface GradientAnswer {
  step: number;
  layer: string;
  index: number;
  batch_size: number;
  learning_rate: number;
  loss: number | null;
  kernel: TypedArray;
  gradient: TypedArray | null;
  after: TypedArray | null;
  reason: string | null;
  note: string | null;
}

export interface HandAnswer {
  strides: number;
  strides_across?: number | null;
  dilation?: number[] | null;
  padding: string;
  flip: boolean;
  activation: string;
  row: number;
  column: number;
  output_shape: number[];
  top: number;
  left: number;
  patch: number[][][];
  kernel: number[][][];
  products: number[][][];
  sum: number;
  bias: number;
  output: number;
  sums: number[][];
}

export interface HandQuestion {
  row: number;
  column: number;
  flip: boolean;
  image: unknown;
  kernel: unknown;
  padding: "valid" | "same";
  strides: number;
  bias: number;
  activation: "linear" | "relu" | "tanh" | "sigmoid";
}

export interface Health {
  status: string;
  disk: "ok" | "low" | "full";
  version: string;
  sqlite: string;
  kernels: string;
  runs: Record<string, number>;
}

export interface HealthReport {
  subject: string;
  verdict: "healthy" | "broken" | "unchecked";
  counts: Record<string, number>;
  checks: Check[];
  notes: string[];
}

export interface HeldFiles {
  film: string;
  files: number;
  bytes: number;
}

export interface ImpossibleCell {
  at: number[];
  values: (boolean | number | number | string)[];
  message: string;
  field: string | null;
}

export interface InitializerAnswer {
  name: string;
  distribution: string;
  formula: string;
  mathml: string;
  shape: number[];
  seed: number;
  fan_in: number;
  fan_out: number;
  bound: number;
  standard_deviation: number;
  sample: TypedArray;
  measured: MeasuredSample;
  wrong_answer: WrongAnswer | null;
}

export interface InitializerFormula {
  name: string;
  distribution: string;
  formula: string;
  mathml: string;
}

export interface InitializerList {
  initializers: InitializerFormula[];
}

export interface JoinLink {
  url: string | null;
  sentence: string;
  send_token?: string | null;
}

export interface KernelArray {
  dtype: "f4" | "f8";
  shape: string;
  bdata: string;
}

export interface KernelBank {
  name: "gabor" | "sobel" | "prewitt" | "laplacian" | "dct";
  type: "bank";
}

export interface KnownNetwork {
  input_shape: [number, number, number];
  layers:
    | (Conv2D | DepthwiseConv2D | BatchNormalization | MaxPool2D | AveragePool2D | GlobalAveragePool2D | Flatten | Dense | Dropout)[];
}

export interface LayerCode {
  name: string;
  keras1: string | null;
  keras: string;
  torch: string;
}

export interface LayerHealth {
  layer: string;
  filters: number;
  is_finite: boolean;
  norm?: number | null;
  change?: number | null;
  dead?: number | null;
  duplicates?: number | null;
}

export interface LayerSummary {
  name: string;
  type: string;
  output_shape: number[];
  parameters: number;
}

export interface Lead {
  run?: string | null;
  step?: number | null;
  layer?: string | null;
  filter?: number | null;
  view: string;
  details: Record<string, string>;
  leader: string;
  begins: boolean;
}

export interface LearningRateChanged {
  kind: "learning_rate_changed";
  step: number;
  learning_rate: number;
}

export interface LeftOut {
  kind: "left_out";
  step: number;
  snapshots: number;
}

export interface LeftOutAnswer {
  name: string;
  why: string;
}

export interface LengthChanged {
  kind: "length_changed";
  step: number;
  total_steps: number;
}

export interface MapLinks {
  to: string;
  outward: TypedArray;
  inward: TypedArray;
}

export interface MaxPool2D {
  pool_size: number;
  strides?: number | null;
  padding: "valid" | "same";
  type: "max_pool2d";
}

export interface MeasuredSample {
  min: number;
  max: number;
  mean: number;
  std: number;
}

export interface MendAnswer {
  sentence: string;
  recipe: Recipe;
}

export interface Metrics {
  loss: number | null;
  accuracy: number | null;
  validation_loss: number | null;
  validation_accuracy: number | null;
}

export interface MetricsAnswer {
  step: number[];
  count?: number[] | null;
  loss: number[] | null;
  accuracy: (number | null)[] | null;
  learning_rate: (number | null)[] | null;
  evaluations: Evaluations;
}

export interface MistakesAnswer {
  step: number;
  tried: number;
  wrong: number;
  class_names: string[];
  confusion: number[][];
  index: number[];
  label: number[];
  taken_for: number[];
  probability: number[];
  since: number[] | null;
  images: TypedArray;
}

export interface MoreSeeds {
  seeds: number[];
}

export interface NetworkAnswer {
  step: number;
  index: number;
  split: "train" | "test";
  label: number | null;
  image: TypedArray;
  class_names: string[];
  probabilities: number[] | null;
  reason: string | null;
  layers: NetworkLayer[];
}

export interface NetworkLayer {
  name: string;
  type: string;
  output_shape: number[];
  parameters: number;
  trainable_parameters: number;
  maps: TypedArray | null;
  limit: number;
  signed: boolean;
  links: MapLinks | null;
}

export interface NewAttempt {
  attempt: number;
  from_step: number;
  client: string;
  recorded: boolean;
}

export interface NewDrawing {
  drawings: string;
  image: unknown;
}

export interface NewPoll {
  leader: string;
  topic:
    | "oriented_count"
    | "highest_score"
    | "most_changed"
    | "least_changed"
    | "oriented_share"
    | "accuracy";
  run?: string | null;
}

export interface Numerics {
  version: string;
  numpy: string;
  blas: string;
  kernel: string;
  simd: string;
  kernels: string;
  cpu: string;
  host?: string | null;
}

export interface NumericsAnswer {
  numerics: Numerics | null;
  here: Numerics;
  changes: string[];
  warning: string | null;
}

export interface NumericsChanged {
  kind: "numerics_changed";
  step: number;
  changes: string[];
  was?: Numerics | null;
  now: Numerics;
}

export interface OpenedFiles {
  id: string;
  url: string;
  frames: number;
  left_out: FileLeftOut[];
  notes: string[];
}

export interface OwnAnswer {
  digest: string;
  train_counts: number[];
  test_counts: number[];
  fit: string;
  background: string;
  understood: string[];
  left_out: LeftOutAnswer[];
  left_out_count: number;
  hidden: number;
  added_at: string;
  needed_by?: string[] | null;
}

export interface OwnPictures {
  digest: string;
  shape: [number, number, number];
  class_names: string[];
  train_size: number;
  test_size: number;
}

export interface PastedCode {
  code: string;
}

export interface PhoneDrawing {
  name: string;
  class_index: number;
  probability: number;
  number: number;
  pixels: Record<string, string>;
}

export interface Place {
  run?: string | null;
  step?: number | null;
  layer?: string | null;
  filter?: number | null;
  view: string;
  details: Record<string, string>;
}

export interface PlaceAnswer {
  strides: number;
  strides_across?: number | null;
  dilation?: number[] | null;
  padding: string;
  flip: boolean;
  activation: string;
  row: number;
  column: number;
  output_shape: number[];
  top: number;
  left: number;
  patch: number[][][];
  kernel: number[][][];
  products: number[][][];
  sum: number;
  bias: number;
  output: number;
  step: number;
  layer: string;
  filter: number;
  channels?: number[] | null;
  note?: string | null;
}

export interface PlaceQuestion {
  row: number;
  column: number;
  flip: boolean;
  index?: number | null;
  split: "train" | "test";
  image?: unknown;
  png?: string | null;
  scaling?: "pixels" | "unit" | "symmetric" | null;
  layer: string;
  filter: number;
  padding?: "valid" | "same" | null;
  strides?: number | null;
}

export interface PlanProblem {
  code: string;
  message: string;
  field: string | null;
  limit: number | null;
  layer: number | null;
  mends: MendAnswer[];
}

export interface PlannedLayer {
  name: string;
  type: string;
  output_shape: number[] | null;
  parameters: number | null;
  trainable_parameters: number | null;
}

export interface PollChange {
  leader: string;
  state: "open" | "closed" | "revealed";
}

export interface PollResult {
  tally: number[];
  truth: number[];
  step: number;
  is_final: boolean;
  sentence: string;
}

export interface PollTold {
  id: string;
  kind: "count" | "filter" | "choice";
  topic:
    | "oriented_count"
    | "highest_score"
    | "most_changed"
    | "least_changed"
    | "oriented_share"
    | "accuracy";
  question: string;
  run: string;
  layer: string;
  most: number;
  choices: string[];
  state: "open" | "closed" | "revealed";
  answered: number;
  result: PollResult | null;
}

export interface PresetAnswer {
  name: string;
  title: string;
  sentence: string;
  doubt: string;
  recipe: Recipe;
  total_steps: number;
}

export interface PresetList {
  presets: PresetAnswer[];
}

export interface PresetWithOverrides {
  preset: string;
}

export interface Preview {
  recipe: Recipe;
  total_steps: number;
  parameters: number;
  memory_bytes: number;
  layers: PreviewLayer[];
  snapshot: FirstSnapshot;
}

export interface PreviewLayer {
  name: string;
  type: string;
  output_shape: number[];
  parameters: number;
}

export interface Proof {
  proof: string;
}

export interface RMSprop {
  learning_rate: number;
  schedule: "constant" | "linear";
  type: "rmsprop";
  rho: number;
  momentum: number;
  epsilon: number;
}

export interface ReceptiveFieldAnswer {
  size: number;
  stride: number;
  top: number;
  left: number;
}

export interface Recipe {
  name: string;
  dataset: "dead-leaves" | "mnist" | "gray-leaves" | string;
  own?: OwnPictures | null;
  scaling: "standard" | "unit" | "local-contrast";
  pixels: "natural" | "shuffled";
  labels: "true" | "random";
  objective: Classify | SparseCode;
  layers:
    | (Conv2D | DepthwiseConv2D | BatchNormalization | MaxPool2D | AveragePool2D | GlobalAveragePool2D | Flatten | Dense | Dropout)[];
  without?: Record<string, number[]> | null;
  optimizer: SGD | RMSprop | Adam | AdamW | Adadelta;
  batch_size: number;
  steps?: number | null;
  epochs?: number | null;
  seed: number;
  data_seed: number;
}

export interface RecipePlan {
  layers: PlannedLayer[];
  parameters: number;
  total_steps: number | null;
  steps_per_epoch: number | null;
  seconds: number | null;
  memory_bytes: number | null;
  problems: PlanProblem[];
}

export interface RegisteredLayer {
  title: string;
  kind: string;
  shape?: number[] | null;
  groups: number;
  strides?: number[] | null;
  padding?: "valid" | "same" | [number, number][] | null;
  dilation?: number[] | null;
  activation?: string | null;
  bias?: boolean | null;
}

export interface Registration {
  name: string;
  framework?: string | null;
  attempt: number;
  client: string;
  from_step: number;
  recorded: boolean;
  total_steps?: number | null;
  step_unit: "update" | "epoch" | "file";
  loss_kind: "batch" | "epoch_mean";
  begins: "start" | "unknown";
  class_names: string[];
  input_shape?: [number, number, number] | null;
  layers: RegisteredLayer[];
  network?: KnownNetwork | null;
  source: "watched" | "opened";
  notes: string[];
}

export interface Run {
  id: string;
  name: string;
  preset: string | null;
  status:
    | "queued"
    | "running"
    | "paused"
    | "stalled"
    | "stopping"
    | "finished"
    | "stopped"
    | "failed"
    | "interrupted";
  source: "own" | "watched" | "opened" | "cluster";
  can: Can;
  described: Described;
  recipe: Recipe | null;
  layers: string[];
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
  training_seconds: number;
  step: number;
  total_steps: number | null;
  lengthened: boolean;
  last_seq: number;
  metrics: Metrics;
  filters: Filters | null;
  error: RunError | null;
  last_heard_seconds?: number | null;
  note?: string | null;
  pinned: boolean;
  sweep?: string | null;
  differences?: ToldDifference[] | null;
  continues?: Continues | null;
  schedule?: string | null;
  numerics?: Numerics | null;
}

export interface RunChange {
  status?: "paused" | "running" | "stopped" | null;
  learning_rate?: number | null;
  advance?: number | null;
  total_steps?: number | null;
  name?: string | null;
  note?: string | null;
  pinned?: boolean | null;
}

export interface RunError {
  code: string;
  message: string;
  advice: string;
}

export interface RunFailed {
  kind: "run_failed";
  step: number;
  code: string;
  message: string;
  advice: string;
}

export interface RunFinished {
  kind: "run_finished";
  step: number;
}

export interface RunKernel {
  run: string;
  step: number | "first" | "latest";
  layer: string;
  type: "run";
}

export interface RunList {
  runs: Run[];
  next_cursor: string | null;
  count?: number | null;
  damaged?: string[] | null;
}

export interface RunStarted {
  kind: "run_started";
  recipe?: Recipe | null;
  described?: Described | null;
  total_steps?: number | null;
  parameters: number;
  layers: LayerSummary[];
  class_names: string[];
  continues?: Continues | null;
}

export interface RunStopped {
  kind: "run_stopped";
  step: number;
}

export interface RunToCheck {
  min_oriented?: number | null;
  max_dead: number;
  max_duplicates: number;
  run: string;
  step: string;
  against?: string | null;
}

export interface RunTold {
  id: string;
  url: string;
  next: number;
  attempt: number;
  first: number;
  wanted: number[];
}

export interface SGD {
  learning_rate: number;
  schedule: "constant" | "linear";
  type: "sgd";
  momentum: number;
  nesterov: boolean;
}

export interface Samples {
  dataset: string;
  split: string;
  start: number;
  images: TypedArray;
  labels: number[];
  class_names: string[];
  inputs?: TypedArray | null;
}

export interface SeedMoment {
  seed: number;
  step: number | null;
  edges: number | null;
  score: number | null;
  accuracy: number | null;
}

export interface SeedOfCell {
  seed: number;
  run: string | null;
  status:
    | "queued"
    | "running"
    | "paused"
    | "stalled"
    | "stopping"
    | "finished"
    | "stopped"
    | "failed"
    | "interrupted"
    | "deleted";
  step: number;
  total_steps: number;
  edges: number | null;
  score: number | null;
  accuracy: number | null;
  error: string | null;
}

export interface Snapshot {
  score?: number[] | null;
  label?: string[] | null;
  since?: number[] | null;
  orientation_degrees?: number[] | null;
  coherence?: number[] | null;
  cycles_per_pixel?: number[] | null;
  template_r2?: [number, number, number, number][] | null;
  colour?: string[] | null;
  norm?: number[] | null;
  change?: number[] | null;
  correlation?: number[] | null;
  layer_score?: number | null;
  oriented?: number | null;
  counts?: Record<string, number> | null;
  rose?: number[] | null;
  near_duplicates?: [number, number, number][] | null;
  duplicate_pairs?: number | null;
  plane_p?: number[] | null;
  plane_verdict?: string | null;
  kind: "snapshot";
  step: number;
  layer: string;
  bias?: number[] | null;
  health?: LayerHealth[] | null;
  broken?: boolean | null;
}

export interface SnapshotAnswer {
  step: number;
  layer: string;
  kernel: TypedArray;
  score?: number[] | null;
  label?: string[] | null;
  since?: number[] | null;
  orientation_degrees?: number[] | null;
  coherence?: number[] | null;
  cycles_per_pixel?: number[] | null;
  template_r2?: [number, number, number, number][] | null;
  colour?: string[] | null;
  norm?: number[] | null;
  change?: number[] | null;
  correlation?: number[] | null;
  layer_score?: number | null;
  oriented?: number | null;
  counts?: Record<string, number> | null;
  rose?: number[] | null;
  near_duplicates?: [number, number, number][] | null;
  duplicate_pairs?: number | null;
  plane_p?: number[] | null;
  plane_verdict?: string | null;
  bias?: TypedArray | null;
}

export interface SnapshotList {
  layers: string[];
  steps: number[];
  bytes?: Record<string, number> | null;
}

export interface SparseCode {
  type: "sparse-code";
  sparsity: number;
}

export interface StartFitAnswer {
  name: string;
  distribution: string;
  deviation: number;
  p: number;
}

export interface StatusChanged {
  kind: "status_changed";
  step: number;
  status:
    | "queued"
    | "running"
    | "paused"
    | "stalled"
    | "stopping"
    | "finished"
    | "stopped"
    | "failed"
    | "interrupted";
  advance?: number | null;
  cause?: "restart" | "disk_full" | "stalled" | "silent" | "attempt" | "worker_died" | null;
}

export interface Steps {
  kind: "steps";
  step: number[];
  loss?: number[] | null;
  accuracy?: number[] | null;
  learning_rate?: number[] | null;
}

export interface StripList {
  strips: FilterStrip[];
}

export interface Sweep {
  id: string;
  name: string;
  preset: string | null;
  status: "running" | "paused" | "stopping" | "stopped" | "finished";
  created_at: string;
  axes: SweepAxis[];
  seeds: number[];
  keep: "films" | "ends";
  cell_count: number;
  runs: number;
  counts: Record<string, number>;
  base: Recipe;
  total_steps: number;
  impossible: ImpossibleCell[];
  revision: string;
  whole: boolean;
  cells: CellOfSweep[];
}

export interface SweepAxis {
  field: string;
  title: string;
  values: (boolean | number | number | string)[];
  words: string[];
}

export interface SweepChange {
  status?: "paused" | "running" | "stopped" | null;
  name?: string | null;
}

export interface SweepHead {
  id: string;
  name: string;
  preset: string | null;
  status: "running" | "paused" | "stopping" | "stopped" | "finished";
  created_at: string;
  axes: SweepAxis[];
  seeds: number[];
  keep: "films" | "ends";
  cell_count: number;
  runs: number;
  counts: Record<string, number>;
}

export interface SweepList {
  sweeps: SweepHead[];
}

export interface SweepPreview {
  name: string;
  axes: SweepAxis[];
  seeds: number[];
  keep: "films" | "ends";
  cell_count: number;
  runs: number;
  total_steps: number;
  seconds: number;
  cluster_threads: number | null;
  size_bytes: number;
  free_bytes: number;
  has_room: boolean;
  impossible: ImpossibleCell[];
}

export interface SweepStrips {
  share: number | null;
  step: number | null;
  filters: number;
  cells: CellStrip[];
}

export interface Switched {
  layer: string;
  filters: number[];
  how: "off" | "noise" | "only";
}

export interface Teaching {
  access: "full" | "watch";
  place: Place | null;
  followers: number;
  leads: boolean;
  code: string;
  poll: PollTold | null;
  drawings: DrawingsTold | null;
}

export interface TemplateShares {
  edge: number;
  line: number;
  blob: number;
  flat: number;
}

export interface ToldDifference {
  field: string;
  value: string | number | boolean | null;
  preset_value: string | number | boolean | null;
  words: string;
}

export interface TopPatchesAnswer {
  images: number;
  image: number[];
  row: number[];
  column: number[];
  activation: number[];
  pixels: TypedArray;
}

export interface TrainingOn {
  without?: Record<string, number[]> | null;
  total_steps?: number | null;
}

export interface TypedArray {
  dtype: string;
  shape: string;
  bdata: string;
}

export interface Vote {
  poll: string;
  vote: number;
}

export interface WrongAnswer {
  formula: string;
  bound: number;
  is_wrong: boolean;
  sentence: string;
}

export interface EventsByKind {
  alert: Alert;
  evaluated: Evaluated;
  learning_rate_changed: LearningRateChanged;
  left_out: LeftOut;
  length_changed: LengthChanged;
  numerics_changed: NumericsChanged;
  run_failed: RunFailed;
  run_finished: RunFinished;
  run_started: RunStarted;
  run_stopped: RunStopped;
  snapshot: Snapshot;
  status_changed: StatusChanged;
  steps: Steps;
}
