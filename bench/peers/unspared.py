"""Our web process with the garbage collector as Python sets it."""

import sys

import app.asgi
from app.cli.main import main

app.asgi._spare_what_stays = lambda: None
sys.exit(main(["web", *sys.argv[1:]]))
