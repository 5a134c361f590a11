"""The small network that trainers of several libraries train, and what each wraps it in."""

from pathlib import Path
from typing import Any

import torch
from torch import nn


def network() -> nn.Sequential:
    """A convolution and a head, the same each time."""
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 8, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 4)
    )


class Classifier(nn.Module):
    """Takes a batch as the Trainer of Hugging Face gives it, and gives what that asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.net = network()

    def forward(self, pixel_values: Any, labels: Any) -> Any:
        logits = self.net(pixel_values)
        return {"loss": nn.functional.cross_entropy(logits, labels), "logits": logits}


def for_lightning(lightning: Any) -> Any:
    """Gives the network as a module of Lightning, which is handed over where it is installed."""

    class Module(lightning.LightningModule):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.net = network()

        def training_step(self, batch: Any, _: int) -> Any:
            images, labels = batch
            return nn.functional.cross_entropy(self.net(images), labels)

        def configure_optimizers(self) -> Any:
            return torch.optim.Adam(self.parameters(), 1e-2)

    return Module()


def lightning_trainer(lightning: Any, folder: Path) -> Any:
    """Gives a trainer of Lightning that trains one epoch and writes nothing."""
    return lightning.Trainer(
        max_epochs=1,
        accelerator="cpu",
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        default_root_dir=folder,
    )


def trainer_arguments(transformers: Any, folder: Path, **said: Any) -> Any:
    """Gives what the Trainer of Hugging Face is told: one epoch, nothing written or reported."""
    return transformers.TrainingArguments(
        str(folder),
        num_train_epochs=1,
        use_cpu=True,
        report_to=[],
        save_strategy="no",
        disable_tqdm=True,
        **said,
    )
