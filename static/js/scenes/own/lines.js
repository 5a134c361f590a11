// @ts-check
// What one writes into a program so that it can be watched; `true` marks the lines that are new.

/** @typedef {{code: [string, boolean][], about: string}} Lines */

const IMPORT = "from filterscope import watch";

/** @type {Record<string, Lines>} */
export const LINES = {
  torch: {
    code: [
      [IMPORT, true],
      ["run = watch(model)", true],
      ["", false],
      ["for x, y in loader:", false],
      ["    ...                          # your training, as it is", false],
      ["    optimizer.step()", false],
      ["    run.log(loss=loss)           # if you like: adds the curve of errors", false],
    ],
    about:
      "Any loop, Lightning, the Trainer of Hugging Face: it listens to the optimiser’s steps. " +
      "fastai with an optimiser of PyTorch in its OptimWrapper; its own tell nobody.",
  },
  keras: {
    code: [
      [IMPORT, true],
      ["", false],
      ['model.compile(optimizer, loss, metrics=["accuracy"])', false],
      ["model.fit(x, y, callbacks=[watch(model)])", true],
    ],
    about: "Keras 3 on TensorFlow, JAX or PyTorch. Other arguments of fit stay as they are.",
  },
  numpy: {
    code: [
      [IMPORT, true],
      ['run = watch(name="mine", total_steps=600)', false],
      ["", false],
      ["for step in range(601):", false],
      ['    run.step(lambda: {"conv1": kernel}, step=step, loss=loss)', true],
      ["    ...                          # your update, as it is", false],
    ],
    about:
      "Kernels in the order height, width, in, out. The function is called at the steps that are kept, " +
      "and only there.",
  },
};

/** The new lines alone, to be pasted. @param {string} tool */
export const newLines = (tool) =>
  LINES[tool].code.flatMap(([line, isNew]) => (isNew ? [line.trim()] : [])).join("\n");
