"""Serve the platform: migrations must have run; the worker runs beside (`tribune worker`)."""

import argparse

from ._django import set_up


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)


def run(options: argparse.Namespace) -> int:
    set_up()
    serve(options.host, options.port, options.workers)
    return 0


def serve(host: str, port: int, workers: int) -> None:
    """Serve until Ctrl-C or SIGTERM."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # Ctrl-C reaches the workers of a terminal too; one that then waits for its threads is not waited for.
    Granian("tribune.project.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=workers,
            blocking_threads=8, log_access=False, log_level=LogLevels.warning, workers_kill_timeout=5).serve()
