"""Starting Django for the commands that need it."""

import os


def set_up(**defaults: str) -> None:
    """Prepare Django; `defaults` are TRIBUNE_* settings that count where the environment says nothing."""
    for name, value in defaults.items():
        os.environ.setdefault(f"TRIBUNE_{name.upper()}", value)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tribune.project.settings")
    import django

    from tribune.engine.types import Unreadable
    from tribune.project.configuration import Misconfigured

    try:
        django.setup()
    except Misconfigured as error:
        raise Unreadable("misconfigured", str(error)) from error
