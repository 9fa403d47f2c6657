"""Bring the database to this version."""

import argparse

from ._django import set_up


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(options: argparse.Namespace) -> int:
    set_up()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=1)
    return 0
