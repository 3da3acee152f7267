"""Redis: events between processes, rate limits, notifications to workers."""
