"""`tribune …`: every engine without a server, and the server.

Each command is a module in this package with `add_arguments(parser)` and `run(options) -> int`. Modules are
imported only when their command is asked for, so that `tribune read` does not pay for Django.
"""

from ._main import main

__all__ = ["main"]
