"""Find the command, run it, and turn refusals into one line and an exit code."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

from tribune import __version__
from tribune.engine.types import Unreadable

# name of the command → module in this package, and the line of help; order is the order of `tribune --help`.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "run the platform with the sample story on an embedded database"),
    "test": ("test", "run the whole test suite"),
    "read": ("read", "read a text into numbered paragraphs"),
    "compare": ("compare", "align two versions of a text"),
    "uptake": ("uptake", "judge what became of asks in a text"),
    "opinion": ("opinion", "find opinion groups in votes, and how far to trust them"),
    "themes": ("themes", "find themes in free text, with exact quotes"),
    "schools": ("schools", "which schools lack connectivity, what it costs, what a budget buys"),
    "indicators": ("indicators", "check indicators of a city: share of a target, doubts, coverage"),
    "open-data": ("open_data", "write the public data of this instance into a folder"),
    "scene": ("scene", "check a city model and cut it into small 3D tiles"),
    "serve": ("serve", "serve the platform"),
    "worker": ("worker", "deliver events and mail, run the timetable"),
    "migrate": ("migrate", "bring the database to this version"),
    "check": ("check", "say in words what is wrong with the configuration"),
    "bench": ("bench", "measure, and write figures as JSON"),
    "dev": ("dev", "tools for those who build Tribune"),
}

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


def _help() -> str:
    lines = ["usage: tribune COMMAND …", "", "From a city's voice to the text of an agreement, and back.", ""]
    lines += [f"  {name:<9} {line}" for name, (_, line) in COMMANDS.items()]
    return "\n".join([*lines, "", "tribune COMMAND --help says more."])


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0 done, 1 input refused (one line on stderr), 2 wrong usage."""
    args = list(sys.argv[1:] if argv is None else argv)
    if not args or args[0] in ("-h", "--help", "help"):
        print(_help())
        return DONE if args else WRONG_USAGE
    if args[0] == "--version":
        print(f"tribune {__version__}")
        return DONE
    name = args.pop(0)
    if name not in COMMANDS:
        print(f"tribune: there is no command {name!r}; `tribune --help` lists them", file=sys.stderr)
        return WRONG_USAGE
    module = importlib.import_module(f"tribune.cli.{COMMANDS[name][0]}")
    parser = argparse.ArgumentParser(prog=f"tribune {name}", description=module.__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    module.add_arguments(parser)
    try:
        options, rest = parser.parse_known_args(args)
        if rest:
            if not getattr(module, "PASSES_REST_ON", False):
                parser.error(f"unrecognized arguments: {' '.join(rest)}")
            options.rest = rest
        else:
            options.rest = []
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        return int(module.run(options) or DONE)
    except Unreadable as refusal:
        print(f"tribune {name}: {refusal}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        return DONE
    except KeyboardInterrupt:
        return 130
