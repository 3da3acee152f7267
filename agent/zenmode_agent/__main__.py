"""`python -m zenmode_agent`, which needs no script on the PATH."""

import sys

from zenmode_agent.command import main

sys.exit(main())
