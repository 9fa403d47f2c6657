"""Say in words what is wrong with the configuration; exit 1 if anything is."""

import argparse
import sys

from ._django import set_up


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(options: argparse.Namespace) -> int:
    set_up()
    from tribune.project.checks import problems

    found = problems()
    for problem in found:
        print(problem, file=sys.stderr)
    if not found:
        print("Nothing is wrong that we can see.")
    return 1 if found else 0
