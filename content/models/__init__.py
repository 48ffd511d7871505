"""Tables of what is written for readers, by noun."""

from content.models.article import Article, Publication, Revision, RevisionTag, WorkingCopy
from content.models.bulletin import Bulletin, ContentReport
from content.models.event import EventPlaces, EventReport, EventSignup
from content.models.law import Citation, Law, LawCheck, LawEdition
from content.models.reach import HandedOut, PageCount
from content.models.review import Comment, Invitation, Review
from content.models.version import ContentMoment, ContentVersion

__all__ = (
    "Article",
    "Bulletin",
    "Citation",
    "Comment",
    "ContentMoment",
    "ContentReport",
    "ContentVersion",
    "EventPlaces",
    "EventReport",
    "EventSignup",
    "HandedOut",
    "Invitation",
    "Law",
    "LawCheck",
    "LawEdition",
    "PageCount",
    "Publication",
    "Review",
    "Revision",
    "RevisionTag",
    "WorkingCopy",
)
