"""Tools for those who build Tribune: `docs` writes the generated pages, `words` collects interface words,
`manage …` is Django's own command line."""

import argparse

from ._django import set_up

PASSES_REST_ON = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("docs", "words", "manage"))


def run(options: argparse.Namespace) -> int:
    set_up()
    if options.what == "docs":
        from ._reference import write

        for path in write():
            print(path)
    elif options.what == "words":
        from tribune.project.words import collect

        for line in collect():
            print(line)
    else:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["tribune", *options.rest])
    return 0
