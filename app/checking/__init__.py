"""Whether a trained network's filters are healthy: rules, and what came of them as a report."""
