"""Commands that print what is generated: schema, openapi."""

import argparse
import json
import sys


def schema(_arguments: argparse.Namespace) -> int:
    """`zenmode schema`."""
    from app.schema import print_schema

    sys.stdout.write(print_schema())
    return 0


def openapi(_arguments: argparse.Namespace) -> int:
    """`zenmode openapi`."""
    from app.rest.openapi import openapi_document

    sys.stdout.write(json.dumps(openapi_document(), indent=2, ensure_ascii=False) + "\n")
    return 0
