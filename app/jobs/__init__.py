"""What the worker runs: arq's job, and loops that do not depend on notifications."""
