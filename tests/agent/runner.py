"""Runs an agent as a process: the options that a command line does not offer, as JSON."""

import asyncio
import json
import logging
import sys
from pathlib import Path

from app.agent import AgentOptions, run_agent

logging.basicConfig(level=logging.DEBUG, format="%(asctime)s %(levelname)s %(message)s")
wish = json.loads(sys.argv[1])
wish["data_dir"] = Path(wish["data_dir"])
wish["accounts"] = tuple(wish["accounts"])
sys.exit(asyncio.run(run_agent(AgentOptions(**wish))))
