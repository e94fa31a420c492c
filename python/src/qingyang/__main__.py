"""The command line: `python -m qingyang` is the tool `qingyang`."""

from __future__ import annotations

import signal
import sys

from qingyang._qingyang import run_command


def main() -> int:
    """Run the command line with the words of the process. Returns the exit status."""
    # Python would keep Ctrl-C until the tool is done. The tool itself listens where it has something to put in order.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.stdout.flush()
    return run_command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
