"""Rules and reports on filters' health."""
