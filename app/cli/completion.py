"""`zenmode completion`."""

import argparse
import sys

from argcomplete.shell_integration import shellcode


def completion(arguments: argparse.Namespace) -> int:
    """Prints the script that a shell needs to complete `zenmode` and `zenmode-agent`."""
    sys.stdout.write(shellcode(["zenmode", "zenmode-agent"], True, arguments.shell))
    return 0
