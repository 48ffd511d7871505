"""The nearest places, exactly and quickly: a tree in memory, no database, no clock."""

from locator.nearest.asked import BY_DISTANCE, EVERYTHING, Hit, Points, Ranking, Wanted
from locator.nearest.index import Index

__all__ = ["BY_DISTANCE", "EVERYTHING", "Hit", "Index", "Points", "Ranking", "Wanted"]
