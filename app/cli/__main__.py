"""`python -m app.cli`, which needs no script on the PATH."""

import sys

from app.cli.main import main

sys.exit(main())
