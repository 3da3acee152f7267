"""What the worker runs: arq's job, and loops that look by themselves, ring or no ring."""
