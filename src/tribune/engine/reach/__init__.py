"""Schools × fibre nodes → who lacks meaningful connectivity, what each technology costs, and what a budget buys."""

from ._columns import FIELDS, match_columns
from ._costs import LIMITS, Costs, costs
from ._forest import ROOT, UNREACHED, Forest, build_out
from ._geojson import plan_to_geojson
from ._meaningful import NO, NOT_KNOWN, REASONS, YES, Rule, Standing, meaningful, needed
from ._nearest import earth_centred, metres, nearest
from ._plan import FIBRE, NO_WAY, Bought, Plan, plan
from ._prices import LEVELS, TECHNOLOGIES, Prices, Technology, default_prices, read_prices
from ._read import NodesRead, SchoolsRead, read_nodes, read_schools, take
from ._sites import Finding, Nodes, Schools, schools_from
from ._tree import Steps, best_order, bought, worth_building

__all__ = [
    "FIBRE",
    "FIELDS",
    "LEVELS",
    "LIMITS",
    "NO",
    "NOT_KNOWN",
    "NO_WAY",
    "REASONS",
    "ROOT",
    "TECHNOLOGIES",
    "UNREACHED",
    "YES",
    "Bought",
    "Costs",
    "Finding",
    "Forest",
    "Nodes",
    "NodesRead",
    "Plan",
    "Prices",
    "Rule",
    "Schools",
    "SchoolsRead",
    "Standing",
    "Steps",
    "Technology",
    "best_order",
    "bought",
    "build_out",
    "costs",
    "default_prices",
    "earth_centred",
    "match_columns",
    "meaningful",
    "metres",
    "nearest",
    "needed",
    "plan",
    "plan_to_geojson",
    "read_nodes",
    "read_prices",
    "read_schools",
    "schools_from",
    "take",
    "worth_building",
]
