"""Our web process with the garbage collector as Python sets it."""

import sys

import app.asgi
from app.cli.main import main

app.asgi._freeze_startup_objects = lambda: None
sys.exit(main(["web", *sys.argv[1:]]))
