"""Where a text names local and regional governments, in six languages, and how surely.

Three tiers: *explicit* (a local or regional government as somebody who acts), *level* (a level of government
or a territory: it may mean them, and is never counted as naming them), *excluded* (looks like it and is not,
with the reason). Method, measurements and limits: docs/engine/mentions.md.
"""

from ._find import annotate, count, find_mentions
from ._terms import TERMS_VERSION, n_terms, reasons
from ._topics import TOPIC_CODES, TopicHit, find_topics
from ._verbs import VERB_CLASSES, verb_for

__all__ = [
    "TERMS_VERSION",
    "TOPIC_CODES",
    "VERB_CLASSES",
    "TopicHit",
    "annotate",
    "count",
    "find_mentions",
    "find_topics",
    "n_terms",
    "reasons",
    "verb_for",
]
