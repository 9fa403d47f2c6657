"""The sample story: an invented conference, told to the rooms through their own acts.

`load` puts it into an empty instance, with all days counted from the moment of loading.
"""

from ._load import NotEmpty, is_loaded, load
from ._logins import Login, logins

__all__ = ["Login", "NotEmpty", "is_loaded", "load", "logins"]
