"""A list may be of some divisions alone."""

import dataclasses

from content import reading
from content.reading import Wish
from tests.content.newsroom import FIT, NOW, article, published


def test_a_list_is_of_these_divisions_alone(desk):
    for title, region in (("株洲的？", "4302"), ("醴陵的？", "430281")):
        published(article(dataclasses.replace(FIT, title=title), region=region))

    def titles(*regions):
        return {one.title for one in reading.pages(Wish(regions=regions), first=9, after=None, now=NOW)}

    assert titles() == {"株洲的？", "醴陵的？"}
    assert titles("43", "4302", "430211") == {"株洲的？"}
    assert reading.count(Wish(regions=["430281"]), now=NOW) == 1
