"""Pages: dashboard, documentation, metrics, errors."""
