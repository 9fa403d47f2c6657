"""Who may keep the figures of a city."""

from tribune.people.rules import Viewer, may_sign_for_city, may_write_for_city

# A city has fewer schools than this; a country's list is for the command line.
MOST_SCHOOLS = 20_000


def may_keep_figures(viewer: Viewer, city_id: int) -> bool:
    """Delegates and services of a city keep its figures; nobody else, for they are the city's own word."""
    return may_sign_for_city(viewer, city_id) or may_write_for_city(viewer, city_id)
