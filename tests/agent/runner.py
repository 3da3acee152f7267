"""Runs an agent as a process: the options that a command line does not offer, as JSON."""

import asyncio
import json
import logging
import sys
from pathlib import Path

from zenmode_agent.agent import run_agent
from zenmode_agent.options import AgentOptions

logging.basicConfig(level=logging.DEBUG, format="%(asctime)s %(levelname)s %(message)s")
variables = json.loads(sys.argv[1])
variables["data_dir"] = Path(variables["data_dir"])
variables["accounts"] = tuple(variables["accounts"])
sys.exit(asyncio.run(run_agent(AgentOptions(**variables))))
