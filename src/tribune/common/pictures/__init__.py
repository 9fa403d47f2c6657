"""Pictures drawn on the server: pure functions from facts to SVG, without style or script.

Colours come from the classes in `static/common/components.css`; places are shares of the width, so that a picture
fills its column and its letters keep their size. Each stands beside a list or table that says the same.
"""

from tribune.common.pictures._lay import Laid, lay
from tribune.common.pictures._marks import MARKS, mark
from tribune.common.pictures._strip import StripBar, strip
from tribune.common.pictures._thread_icon import THREADS, thread_icon
from tribune.common.pictures._threads import Thread, threads
from tribune.common.pictures._timeline import RulerCall, RulerDay, timeline

__all__ = [
    "MARKS",
    "THREADS",
    "Laid",
    "RulerCall",
    "RulerDay",
    "StripBar",
    "Thread",
    "lay",
    "mark",
    "strip",
    "thread_icon",
    "threads",
    "timeline",
]
