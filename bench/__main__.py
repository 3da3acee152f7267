"""Runs one benchmark, or all of them."""

import sys
from importlib import import_module

NAMES = (
    "web",
    "graphql",
    "databases",
    "process",
    "pool",
    "subscribers",
    "claim",
    "growth",
    "fairness",
    "webhooks",
    "dashboard",
    "hostile",
)
# It takes half an hour, and runs only when it is asked for.
LONG = ("soak",)


def main() -> None:
    """Names on the command line choose; without any, all run."""
    for name in sys.argv[1:] or NAMES:
        if name not in NAMES + LONG:
            sys.exit(f"bench: there is no {name}; there are {', '.join(NAMES + LONG)}")
        import_module(f"bench.{name}").run()


main()
