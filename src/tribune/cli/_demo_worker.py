"""The worker of the demo: the same as `tribune worker`, and it reads out the codes that mails carry."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections.abc import Sequence
from types import FrameType

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend

from ._django import set_up

# A line that holds nothing but a code.
_CODE = re.compile(r"^\s*([0-9A-Z]{3,4}-?[0-9A-Z]{3,4})\s*$", re.MULTILINE)


def code_in(body: str) -> str:
    """Return the code that stands on a line of its own, or "".

    >>> code_in("This is your code:\\n\\n3FG7-XKQM\\n\\nIt is valid for 15 minutes.")
    '3FG7-XKQM'
    """
    found = _CODE.search(body)
    return found[1] if found else ""


class Reader(EmailBackend):
    """Puts mails into the mailbox folder, and prints a line for each, with its code if it has one."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            code = code_in(str(message.body))
            print(f"mail to {', '.join(message.to)}: {message.subject}" + (f"   {code}" if code else ""), flush=True)
        return super().send_messages(email_messages) or 0


def main() -> None:
    set_up()
    from django.conf import settings

    from tribune.common.worker import work

    settings.MAIL_DELIVERY_BACKEND = "tribune.cli._demo_worker.Reader"
    stop = threading.Event()

    def end(signum: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    threading.Thread(target=_end_with_parent, args=(os.getppid(), stop), daemon=True).start()
    work(stop)


def _end_with_parent(parent: int, stop: threading.Event) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    stop.set()


if __name__ == "__main__":
    main()
