"""Places by what people type: offline always, by a map service where one is set (FEATURES C01, RULEBOOK CO-7…9)."""

from locator.geocoding.looking import LONGEST, MOST, Found, look_up
from locator.geocoding.place import Place

__all__ = ["LONGEST", "MOST", "Found", "Place", "look_up"]
