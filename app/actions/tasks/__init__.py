"""Tasks as programs and people see them: created, cancelled, retried, read, watched."""
