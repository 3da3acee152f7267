"""What the worker runs: arq's jobs, and loops that look by themselves whether Redis rings or not."""
