"""What in a text could tell who somebody is: looked for before anything is printed."""

from p3c_qual.privacy.checking import Trace, check

__all__ = ["Trace", "check"]
