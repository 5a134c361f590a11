"""Runs of sweeps on a Dask cluster: who speaks to it, its tasks, their line."""
