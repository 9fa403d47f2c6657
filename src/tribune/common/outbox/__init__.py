"""Water flows down by events: announced in the action's transaction, delivered at least once by the worker."""

from ._announce import Happened, announce, reaction, reactions_to
from ._deliver import deliver_due, deliver_until_quiet

__all__ = ["Happened", "announce", "deliver_due", "deliver_until_quiet", "reaction", "reactions_to"]
