"""The engine's side: python -m bench.engine.ours NET THREADS"""

import sys
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from app import engine
from app.vocabulary import layers
from app.workers.worker import OWN_PROCESS
from bench.engine.nets import NETS
from bench.engine.peak import multiplying_and_adding
from bench.engine.worker import peak_megabytes, serve

OPTIMIZERS: dict[str, Callable[[], engine.Optimizer]] = {
    "momentum": lambda: engine.SGD(0.01, momentum=0.9),
    "adadelta": lambda: engine.Adadelta(1.0),
}
LAYERS: dict[str, Callable[..., layers.Layer]] = {
    "conv": lambda filters, size, strides: layers.Conv2D(filters, size, strides, activation="relu"),
    "pool": layers.MaxPool2D,
    "gap": layers.GlobalAveragePool2D,
    "flatten": layers.Flatten,
    "dropout": layers.Dropout,
    "dense": layers.Dense,
    "dense relu": lambda units: layers.Dense(units, activation="relu"),
}


def main(name: str, threads: int) -> None:
    """Trains the named network on noise, and lets it predict."""
    net = NETS[name]
    generator = np.random.default_rng(0)
    megabytes_before = peak_megabytes()
    plan = replace(OWN_PROCESS, replicas=threads)
    # As in training, both processes see the images.
    images = plan.zeros((net.batch_size, *net.input_shape), np.float32)
    many = plan.zeros((net.named_at_once, *net.input_shape), np.float32)
    generator.standard_normal(dtype=np.float32, out=images)
    labels = generator.integers(0, 10, net.batch_size)
    stack = [LAYERS[str(kind)](*arguments) for kind, *arguments in net.layers]
    network = engine.Network(
        stack,
        net.input_shape,
        generator,
        net.batch_size,
        plan=plan,
    )
    optimizer = OPTIMIZERS[net.optimizer]()
    optimizer.bind(network)

    def step() -> None:
        network.loss_and_gradients(images, labels, generator)
        optimizer.update()

    def predict() -> None:
        if not many[-1].any():  # memory that isn't written yet is none
            generator.standard_normal(dtype=np.float32, out=many)
        network.predict(many)

    left, right, product = (generator.standard_normal((1024, 1024), np.float32) for _ in range(3))

    def multiply() -> None:
        np.matmul(left, right, out=product)

    actions: dict[str, Callable[[], object]] = {
        "step": step,
        "predict": predict,
        "multiply": multiply,
        "peak": multiplying_and_adding() or multiply,
    }
    serve(actions, megabytes_before)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
