"""The tables of the directory: where people are, where help is given, and what keeps that true."""

from locator.models.division import Division
from locator.models.photo import VenuePhoto
from locator.models.searches import SearchCount
from locator.models.staffing import ContactPerson, DutyShift
from locator.models.station import Deviation, Station, Venue
from locator.models.upkeep import Change, ChangeSet, Confirmation, DirectoryVersion, ErrorReport, Scan

__all__ = [
    "Change",
    "ChangeSet",
    "Confirmation",
    "ContactPerson",
    "Deviation",
    "DirectoryVersion",
    "Division",
    "DutyShift",
    "ErrorReport",
    "Scan",
    "SearchCount",
    "Station",
    "Venue",
    "VenuePhoto",
]
