"""Deliver events and mail, and run the timetable, until Ctrl-C."""

import argparse
import signal
import threading
from types import FrameType

from ._django import set_up


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="deliver what is due now, then end")
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between looks at an empty queue")


def run(options: argparse.Namespace) -> int:
    set_up()
    from tribune.common.worker import work, work_once

    if options.once:
        work_once()
        return 0
    stop = threading.Event()

    def end(signum: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    work(stop, pause=options.pause)
    return 0
