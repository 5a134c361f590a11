"""Alerts: what goes wrong in a run, told while there is still time to do something about it."""

from .filters import loss_is_no_number as loss_is_no_number
from .watch import AlertWatch as AlertWatch
from .watch import KnownTraining as KnownTraining
