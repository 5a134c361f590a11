"""Alerts: what goes wrong in a run, told while there is still time to do something about it."""

from .watch import AlertWatch as AlertWatch
