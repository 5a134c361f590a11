// @ts-check
// Written by `python -m app.contract` from what the server says; change it there.

/**
 * @typedef {object} Setting  One field of a recipe, and what it may be.
 * @property {string} name  in a recipe
 * @property {string} label  as people read it
 * @property {string} hint
 * @property {"integer" | "number" | "choice" | "switch" | "start"} kind
 * @property {number} [minimum]
 * @property {number} [maximum]
 * @property {number} [above]  not itself allowed
 * @property {number} [below]  not itself allowed
 * @property {[string, string][]} [choices]  a word and what it is called
 * @property {number[]} [quick]  values worth one click
 * @property {unknown} default
 * @property {unknown} start  what something new begins with
 * @property {boolean} required
 *
 * @typedef {{type: string, title: string, settings: Setting[]}} Kind
 * @typedef {Kind & {new: Record<string, unknown>}} LayerKind
 * @typedef {Kind & {suits: [number, number], rate: number, measured: Record<string, number>}}
 *   OptimizerKind  `rate` did well with the other settings as `measured`, as those in `suits` did
 * @typedef {{name: string, title: string, shape: [number, number, number], classes: number,
 *   train_size: number}} DatasetKind
 * @typedef {{name: string, title: string, smallest: number}} BankKind
 */

/** Every kind of layer. @type {LayerKind[]} */
export const LAYER_KINDS = [
 {
  "type": "conv2d",
  "title": "Conv",
  "settings": [
   {
    "name": "filters",
    "label": "Filters",
    "hint": "",
    "kind": "integer",
    "minimum": 1,
    "maximum": 1024,
    "quick": [
     8,
     16,
     32,
     64
    ],
    "default": null,
    "start": 16,
    "required": true
   },
   {
    "name": "kernel_size",
    "label": "Size",
    "hint": "",
    "kind": "integer",
    "minimum": 1,
    "maximum": 11,
    "quick": [
     3,
     5,
     7,
     9,
     11
    ],
    "default": null,
    "start": 3,
    "required": true
   },
   {
    "name": "strides",
    "label": "Stride",
    "hint": "Pixels from one place of the window to the next.",
    "kind": "integer",
    "minimum": 1,
    "maximum": 16,
    "quick": [
     1,
     2
    ],
    "default": 1,
    "start": 1,
    "required": false
   },
   {
    "name": "padding",
    "label": "At the border",
    "hint": "Same puts zeros around the picture; valid doesn’t.",
    "kind": "choice",
    "choices": [
     [
      "valid",
      "valid"
     ],
     [
      "same",
      "same"
     ]
    ],
    "default": "valid",
    "start": "valid",
    "required": false
   },
   {
    "name": "activation",
    "label": "Activation",
    "hint": "",
    "kind": "choice",
    "choices": [
     [
      "linear",
      "linear"
     ],
     [
      "relu",
      "ReLU"
     ],
     [
      "tanh",
      "tanh"
     ],
     [
      "sigmoid",
      "sigmoid"
     ]
    ],
    "default": "linear",
    "start": "linear",
    "required": false
   },
   {
    "name": "kernel_initializer",
    "label": "Start weights",
    "hint": "",
    "kind": "start",
    "choices": [
     [
      "glorot_uniform",
      "Glorot, uniform"
     ],
     [
      "glorot_normal",
      "Glorot, normal"
     ],
     [
      "he_uniform",
      "He, uniform"
     ],
     [
      "he_normal",
      "He, normal"
     ],
     [
      "lecun_uniform",
      "LeCun, uniform"
     ],
     [
      "lecun_normal",
      "LeCun, normal"
     ],
     [
      "zeros",
      "zeros"
     ]
    ],
    "default": "glorot_uniform",
    "start": "glorot_uniform",
    "required": false
   },
   {
    "name": "weight_decay",
    "label": "Weight decay",
    "hint": "Each step takes a little from numbers that don’t earn their keep.",
    "kind": "number",
    "minimum": 0,
    "maximum": 10,
    "default": 0.0,
    "start": 0.0,
    "required": false
   },
   {
    "name": "trainable",
    "label": "Learns",
    "hint": "Off: the numbers stay as they begin.",
    "kind": "switch",
    "default": true,
    "start": true,
    "required": false
   }
  ],
  "new": {
   "type": "conv2d",
   "filters": 16,
   "kernel_size": 3,
   "activation": "relu"
  }
 },
 {
  "type": "depthwise_conv2d",
  "title": "Depthwise conv",
  "settings": [
   {
    "name": "kernel_size",
    "label": "Size",
    "hint": "",
    "kind": "integer",
    "minimum": 1,
    "maximum": 11,
    "quick": [
     3,
     5,
     7,
     9,
     11
    ],
    "default": null,
    "start": 3,
    "required": true
   },
   {
    "name": "strides",
    "label": "Stride",
    "hint": "Pixels from one place of the window to the next.",
    "kind": "integer",
    "minimum": 1,
    "maximum": 16,
    "quick": [
     1,
     2
    ],
    "default": 1,
    "start": 1,
    "required": false
   },
   {
    "name": "padding",
    "label": "At the border",
    "hint": "Same puts zeros around the picture; valid doesn’t.",
    "kind": "choice",
    "choices": [
     [
      "valid",
      "valid"
     ],
     [
      "same",
      "same"
     ]
    ],
    "default": "valid",
    "start": "valid",
    "required": false
   },
   {
    "name": "depth_multiplier",
    "label": "Filters a channel",
    "hint": "",
    "kind": "integer",
    "minimum": 1,
    "maximum": 16,
    "quick": [
     1,
     2,
     4
    ],
    "default": 1,
    "start": 1,
    "required": false
   },
   {
    "name": "activation",
    "label": "Activation",
    "hint": "",
    "kind": "choice",
    "choices": [
     [
      "linear",
      "linear"
     ],
     [
      "relu",
      "ReLU"
     ],
     [
      "tanh",
      "tanh"
     ],
     [
      "sigmoid",
      "sigmoid"
     ]
    ],
    "default": "linear",
    "start": "linear",
    "required": false
   },
   {
    "name": "depthwise_initializer",
    "label": "Start weights",
    "hint": "",
    "kind": "choice",
    "choices": [
     [
      "glorot_uniform",
      "Glorot, uniform"
     ],
     [
      "glorot_normal",
      "Glorot, normal"
     ],
     [
      "he_uniform",
      "He, uniform"
     ],
     [
      "he_normal",
      "He, normal"
     ],
     [
      "lecun_uniform",
      "LeCun, uniform"
     ],
     [
      "lecun_normal",
      "LeCun, normal"
     ],
     [
      "zeros",
      "zeros"
     ]
    ],
    "default": "glorot_uniform",
    "start": "glorot_uniform",
    "required": false
   },
   {
    "name": "weight_decay",
    "label": "Weight decay",
    "hint": "Each step takes a little from numbers that don’t earn their keep.",
    "kind": "number",
    "minimum": 0,
    "maximum": 10,
    "default": 0.0,
    "start": 0.0,
    "required": false
   },
   {
    "name": "trainable",
    "label": "Learns",
    "hint": "Off: the numbers stay as they begin.",
    "kind": "switch",
    "default": true,
    "start": true,
    "required": false
   }
  ],
  "new": {
   "type": "depthwise_conv2d",
   "kernel_size": 3,
   "activation": "relu"
  }
 },
 {
  "type": "batch_normalization",
  "title": "Batch norm",
  "settings": [
   {
    "name": "momentum",
    "label": "Momentum",
    "hint": "How long past batches are remembered.",
    "kind": "number",
    "minimum": 0,
    "below": 1,
    "default": 0.99,
    "start": 0.99,
    "required": false
   },
   {
    "name": "epsilon",
    "label": "Epsilon",
    "hint": "Keeps a division from ending at zero.",
    "kind": "number",
    "minimum": 1e-07,
    "maximum": 1,
    "default": 0.001,
    "start": 0.001,
    "required": false
   },
   {
    "name": "center",
    "label": "Shifts",
    "hint": "Beta, a number a channel, is learned.",
    "kind": "switch",
    "default": true,
    "start": true,
    "required": false
   },
   {
    "name": "scale",
    "label": "Scales",
    "hint": "Gamma, a number a channel, is learned.",
    "kind": "switch",
    "default": true,
    "start": true,
    "required": false
   },
   {
    "name": "trainable",
    "label": "Learns",
    "hint": "Off: the numbers stay as they begin.",
    "kind": "switch",
    "default": true,
    "start": true,
    "required": false
   }
  ],
  "new": {
   "type": "batch_normalization"
  }
 },
 {
  "type": "max_pool2d",
  "title": "Max pool",
  "settings": [
   {
    "name": "pool_size",
    "label": "Size",
    "hint": "",
    "kind": "integer",
    "minimum": 1,
    "maximum": 32,
    "quick": [
     2,
     3
    ],
    "default": 2,
    "start": 2,
    "required": false
   },
   {
    "name": "strides",
    "label": "Stride",
    "hint": "As its size, unless said.",
    "kind": "integer",
    "minimum": 1,
    "maximum": 32,
    "default": null,
    "start": null,
    "required": false
   },
   {
    "name": "padding",
    "label": "At the border",
    "hint": "Same puts zeros around the picture; valid doesn’t.",
    "kind": "choice",
    "choices": [
     [
      "valid",
      "valid"
     ],
     [
      "same",
      "same"
     ]
    ],
    "default": "valid",
    "start": "valid",
    "required": false
   }
  ],
  "new": {
   "type": "max_pool2d"
  }
 },
 {
  "type": "average_pool2d",
  "title": "Average pool",
  "settings": [
   {
    "name": "pool_size",
    "label": "Size",
    "hint": "",
    "kind": "integer",
    "minimum": 1,
    "maximum": 32,
    "quick": [
     2,
     3
    ],
    "default": 2,
    "start": 2,
    "required": false
   },
   {
    "name": "strides",
    "label": "Stride",
    "hint": "As its size, unless said.",
    "kind": "integer",
    "minimum": 1,
    "maximum": 32,
    "default": null,
    "start": null,
    "required": false
   },
   {
    "name": "padding",
    "label": "At the border",
    "hint": "Same puts zeros around the picture; valid doesn’t.",
    "kind": "choice",
    "choices": [
     [
      "valid",
      "valid"
     ],
     [
      "same",
      "same"
     ]
    ],
    "default": "valid",
    "start": "valid",
    "required": false
   }
  ],
  "new": {
   "type": "average_pool2d"
  }
 },
 {
  "type": "global_average_pool2d",
  "title": "Global average",
  "settings": [],
  "new": {
   "type": "global_average_pool2d"
  }
 },
 {
  "type": "flatten",
  "title": "Flatten",
  "settings": [],
  "new": {
   "type": "flatten"
  }
 },
 {
  "type": "dense",
  "title": "Dense",
  "settings": [
   {
    "name": "units",
    "label": "Units",
    "hint": "",
    "kind": "integer",
    "minimum": 1,
    "maximum": 4096,
    "default": null,
    "start": 32,
    "required": true
   },
   {
    "name": "activation",
    "label": "Activation",
    "hint": "",
    "kind": "choice",
    "choices": [
     [
      "linear",
      "linear"
     ],
     [
      "relu",
      "ReLU"
     ],
     [
      "tanh",
      "tanh"
     ],
     [
      "sigmoid",
      "sigmoid"
     ]
    ],
    "default": "linear",
    "start": "linear",
    "required": false
   },
   {
    "name": "kernel_initializer",
    "label": "Start weights",
    "hint": "",
    "kind": "choice",
    "choices": [
     [
      "glorot_uniform",
      "Glorot, uniform"
     ],
     [
      "glorot_normal",
      "Glorot, normal"
     ],
     [
      "he_uniform",
      "He, uniform"
     ],
     [
      "he_normal",
      "He, normal"
     ],
     [
      "lecun_uniform",
      "LeCun, uniform"
     ],
     [
      "lecun_normal",
      "LeCun, normal"
     ],
     [
      "zeros",
      "zeros"
     ]
    ],
    "default": "glorot_uniform",
    "start": "glorot_uniform",
    "required": false
   },
   {
    "name": "weight_decay",
    "label": "Weight decay",
    "hint": "Each step takes a little from numbers that don’t earn their keep.",
    "kind": "number",
    "minimum": 0,
    "maximum": 10,
    "default": 0.0,
    "start": 0.0,
    "required": false
   },
   {
    "name": "trainable",
    "label": "Learns",
    "hint": "Off: the numbers stay as they begin.",
    "kind": "switch",
    "default": true,
    "start": true,
    "required": false
   }
  ],
  "new": {
   "type": "dense",
   "units": 32,
   "activation": "relu"
  }
 },
 {
  "type": "dropout",
  "title": "Dropout",
  "settings": [
   {
    "name": "rate",
    "label": "Share left out",
    "hint": "In training, by chance.",
    "kind": "number",
    "minimum": 0,
    "below": 1,
    "quick": [
     0.25,
     0.5
    ],
    "default": null,
    "start": 0.25,
    "required": true
   }
  ],
  "new": {
   "type": "dropout",
   "rate": 0.25
  }
 }
];

/** Every optimiser. @type {OptimizerKind[]} */
export const OPTIMIZER_KINDS = [
 {
  "type": "sgd",
  "title": "SGD",
  "settings": [
   {
    "name": "learning_rate",
    "label": "Learning rate",
    "hint": "",
    "kind": "number",
    "minimum": 0,
    "maximum": 1000,
    "default": null,
    "start": null,
    "required": true
   },
   {
    "name": "schedule",
    "label": "Schedule",
    "hint": "",
    "kind": "choice",
    "choices": [
     [
      "constant",
      "constant"
     ],
     [
      "linear",
      "linear"
     ]
    ],
    "default": "constant",
    "start": "constant",
    "required": false
   },
   {
    "name": "momentum",
    "label": "Momentum",
    "hint": "How much of the last steps each step keeps.",
    "kind": "number",
    "minimum": 0,
    "below": 1,
    "default": 0.0,
    "start": 0.0,
    "required": false
   },
   {
    "name": "nesterov",
    "label": "Nesterov",
    "hint": "Looks ahead before it corrects.",
    "kind": "switch",
    "default": false,
    "start": false,
    "required": false
   }
  ],
  "suits": [
   0.01,
   0.1
  ],
  "rate": 0.05,
  "measured": {
   "momentum": 0.9
  }
 },
 {
  "type": "rmsprop",
  "title": "RMSprop",
  "settings": [
   {
    "name": "learning_rate",
    "label": "Learning rate",
    "hint": "",
    "kind": "number",
    "minimum": 0,
    "maximum": 1000,
    "default": null,
    "start": null,
    "required": true
   },
   {
    "name": "schedule",
    "label": "Schedule",
    "hint": "",
    "kind": "choice",
    "choices": [
     [
      "constant",
      "constant"
     ],
     [
      "linear",
      "linear"
     ]
    ],
    "default": "constant",
    "start": "constant",
    "required": false
   },
   {
    "name": "rho",
    "label": "Rho",
    "hint": "How long past gradients are remembered.",
    "kind": "number",
    "minimum": 0,
    "below": 1,
    "default": 0.9,
    "start": 0.9,
    "required": false
   },
   {
    "name": "momentum",
    "label": "Momentum",
    "hint": "How much of the last steps each step keeps.",
    "kind": "number",
    "minimum": 0,
    "below": 1,
    "default": 0.0,
    "start": 0.0,
    "required": false
   },
   {
    "name": "epsilon",
    "label": "Epsilon",
    "hint": "Keeps a division from ending at zero.",
    "kind": "number",
    "maximum": 1,
    "above": 0,
    "default": 1e-07,
    "start": 1e-07,
    "required": false
   }
  ],
  "suits": [
   0.002,
   0.02
  ],
  "rate": 0.005,
  "measured": {}
 },
 {
  "type": "adam",
  "title": "Adam",
  "settings": [
   {
    "name": "learning_rate",
    "label": "Learning rate",
    "hint": "",
    "kind": "number",
    "minimum": 0,
    "maximum": 1000,
    "default": null,
    "start": null,
    "required": true
   },
   {
    "name": "schedule",
    "label": "Schedule",
    "hint": "",
    "kind": "choice",
    "choices": [
     [
      "constant",
      "constant"
     ],
     [
      "linear",
      "linear"
     ]
    ],
    "default": "constant",
    "start": "constant",
    "required": false
   },
   {
    "name": "beta_1",
    "label": "Beta 1",
    "hint": "How long past gradients are remembered.",
    "kind": "number",
    "minimum": 0,
    "below": 1,
    "default": 0.9,
    "start": 0.9,
    "required": false
   },
   {
    "name": "beta_2",
    "label": "Beta 2",
    "hint": "How long their squares are remembered.",
    "kind": "number",
    "minimum": 0,
    "below": 1,
    "default": 0.999,
    "start": 0.999,
    "required": false
   },
   {
    "name": "epsilon",
    "label": "Epsilon",
    "hint": "Keeps a division from ending at zero.",
    "kind": "number",
    "maximum": 1,
    "above": 0,
    "default": 1e-07,
    "start": 1e-07,
    "required": false
   }
  ],
  "suits": [
   0.002,
   0.01
  ],
  "rate": 0.005,
  "measured": {}
 },
 {
  "type": "adamw",
  "title": "AdamW",
  "settings": [
   {
    "name": "learning_rate",
    "label": "Learning rate",
    "hint": "",
    "kind": "number",
    "minimum": 0,
    "maximum": 1000,
    "default": null,
    "start": null,
    "required": true
   },
   {
    "name": "schedule",
    "label": "Schedule",
    "hint": "",
    "kind": "choice",
    "choices": [
     [
      "constant",
      "constant"
     ],
     [
      "linear",
      "linear"
     ]
    ],
    "default": "constant",
    "start": "constant",
    "required": false
   },
   {
    "name": "beta_1",
    "label": "Beta 1",
    "hint": "How long past gradients are remembered.",
    "kind": "number",
    "minimum": 0,
    "below": 1,
    "default": 0.9,
    "start": 0.9,
    "required": false
   },
   {
    "name": "beta_2",
    "label": "Beta 2",
    "hint": "How long their squares are remembered.",
    "kind": "number",
    "minimum": 0,
    "below": 1,
    "default": 0.999,
    "start": 0.999,
    "required": false
   },
   {
    "name": "epsilon",
    "label": "Epsilon",
    "hint": "Keeps a division from ending at zero.",
    "kind": "number",
    "maximum": 1,
    "above": 0,
    "default": 1e-07,
    "start": 1e-07,
    "required": false
   },
   {
    "name": "weight_decay",
    "label": "Weight decay",
    "hint": "Each step takes a little from numbers that don’t earn their keep.",
    "kind": "number",
    "minimum": 0,
    "maximum": 10,
    "default": 0.004,
    "start": 0.004,
    "required": false
   }
  ],
  "suits": [
   0.002,
   0.01
  ],
  "rate": 0.005,
  "measured": {}
 },
 {
  "type": "adadelta",
  "title": "Adadelta",
  "settings": [
   {
    "name": "learning_rate",
    "label": "Learning rate",
    "hint": "",
    "kind": "number",
    "minimum": 0,
    "maximum": 1000,
    "default": null,
    "start": null,
    "required": true
   },
   {
    "name": "schedule",
    "label": "Schedule",
    "hint": "",
    "kind": "choice",
    "choices": [
     [
      "constant",
      "constant"
     ],
     [
      "linear",
      "linear"
     ]
    ],
    "default": "constant",
    "start": "constant",
    "required": false
   },
   {
    "name": "rho",
    "label": "Rho",
    "hint": "How long past gradients are remembered.",
    "kind": "number",
    "minimum": 0,
    "below": 1,
    "default": 0.95,
    "start": 0.95,
    "required": false
   },
   {
    "name": "epsilon",
    "label": "Epsilon",
    "hint": "Keeps a division from ending at zero.",
    "kind": "number",
    "maximum": 1,
    "above": 0,
    "default": 1e-07,
    "start": 1e-07,
    "required": false
   }
  ],
  "suits": [
   1.0,
   20.0
  ],
  "rate": 10.0,
  "measured": {}
 }
];

/** What one can train for. @type {Kind[]} */
export const OBJECTIVE_KINDS = [
 {
  "type": "classify",
  "title": "name the picture",
  "settings": []
 },
 {
  "type": "sparse-code",
  "title": "rebuild the picture",
  "settings": [
   {
    "name": "sparsity",
    "label": "Sparsity",
    "hint": "What an answer costs, and how strong it must be to count.",
    "kind": "number",
    "minimum": 0,
    "maximum": 100,
    "default": 1.0,
    "start": 1.0,
    "required": false
   }
  ]
 }
];

/** What else a recipe says. @type {Setting[]} */
export const RECIPE_SETTINGS = [
 {
  "name": "dataset",
  "label": "Pictures",
  "hint": "",
  "kind": "choice",
  "choices": [
   [
    "dead-leaves",
    "Dead leaves"
   ],
   [
    "mnist",
    "MNIST"
   ],
   [
    "gray-leaves",
    "Gray leaves"
   ]
  ],
  "default": null,
  "start": null,
  "required": true
 },
 {
  "name": "scaling",
  "label": "Brightness",
  "hint": "How the pixels are scaled before the first layer.",
  "kind": "choice",
  "choices": [
   [
    "standard",
    "standard"
   ],
   [
    "unit",
    "unit"
   ],
   [
    "local-contrast",
    "local contrast"
   ]
  ],
  "default": "standard",
  "start": "standard",
  "required": false
 },
 {
  "name": "pixels",
  "label": "Pixels",
  "hint": "Shuffled: one fixed disorder for all pictures, a control.",
  "kind": "choice",
  "choices": [
   [
    "natural",
    "natural"
   ],
   [
    "shuffled",
    "shuffled"
   ]
  ],
  "default": "natural",
  "start": "natural",
  "required": false
 },
 {
  "name": "labels",
  "label": "Labels",
  "hint": "Random: answers drawn by chance, a control.",
  "kind": "choice",
  "choices": [
   [
    "true",
    "true"
   ],
   [
    "random",
    "random"
   ]
  ],
  "default": "true",
  "start": "true",
  "required": false
 },
 {
  "name": "batch_size",
  "label": "Pictures a step",
  "hint": "How many pictures each correction looks at (batch size).",
  "kind": "integer",
  "minimum": 1,
  "maximum": 1024,
  "default": 64,
  "start": 64,
  "required": false
 },
 {
  "name": "steps",
  "label": "Steps",
  "hint": "",
  "kind": "integer",
  "minimum": 1,
  "maximum": 1000000,
  "default": null,
  "start": 400,
  "required": false
 },
 {
  "name": "epochs",
  "label": "Epochs",
  "hint": "Passes over all training pictures.",
  "kind": "integer",
  "minimum": 1,
  "maximum": 1000,
  "default": null,
  "start": 1,
  "required": false
 },
 {
  "name": "seed",
  "label": "Seed",
  "hint": "Draws the first weights, the order of pictures, and dropout.",
  "kind": "integer",
  "minimum": 0,
  "below": 4294967296,
  "default": 0,
  "start": 0,
  "required": false
 },
 {
  "name": "data_seed",
  "label": "Picture seed",
  "hint": "Draws the pictures, where they are drawn here.",
  "kind": "integer",
  "minimum": 0,
  "below": 4294967296,
  "default": 0,
  "start": 0,
  "required": false
 }
];

/** Every data set. @type {DatasetKind[]} */
export const DATASET_KINDS = [
 {
  "name": "dead-leaves",
  "title": "Dead leaves",
  "shape": [
   32,
   32,
   3
  ],
  "classes": 10,
  "train_size": 10000
 },
 {
  "name": "mnist",
  "title": "MNIST",
  "shape": [
   28,
   28,
   1
  ],
  "classes": 10,
  "train_size": 60000
 },
 {
  "name": "gray-leaves",
  "title": "Gray leaves",
  "shape": [
   32,
   32,
   1
  ],
  "classes": 0,
  "train_size": 10000
 }
];

/** Banks to begin with. @type {BankKind[]} */
export const BANK_KINDS = [
 {
  "name": "gabor",
  "title": "Gabors",
  "smallest": 3
 },
 {
  "name": "sobel",
  "title": "Sobel",
  "smallest": 3
 },
 {
  "name": "prewitt",
  "title": "Prewitt",
  "smallest": 3
 },
 {
  "name": "laplacian",
  "title": "Laplacians",
  "smallest": 3
 },
 {
  "name": "dct",
  "title": "Cosines (DCT)",
  "smallest": 3
 }
];

/** The share of the first rate that a linear schedule ends with. */
export const LINEAR_END = 0.02;
