"""The permission table: every address × who may open it. A test walks it for every role."""

from tribune.evidence.doors import DOORS as EVIDENCE
from tribune.listen.doors import DOORS as LISTEN
from tribune.people.doors import DOORS as PEOPLE
from tribune.people.rules import ANYONE
from tribune.submit.doors import DOORS as SUBMIT
from tribune.synthesise.doors import DOORS as SYNTHESISE
from tribune.trace.doors import DOORS as TRACE
from tribune.watch.doors import DOORS as WATCH

_PROJECT = {name: frozenset({ANYONE}) for name in ("healthz", "readyz", "chinese", "styleguide", "ai_register",
                                                         "method_card")}

TABLE: dict[str, frozenset[str]] = {**_PROJECT, **PEOPLE, **WATCH, **EVIDENCE, **LISTEN, **SYNTHESISE, **SUBMIT,
                                    **TRACE}
