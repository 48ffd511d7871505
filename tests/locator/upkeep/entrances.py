"""An entrance, a photograph of it, and where its files are kept."""

from tests.evidence import samples

PLACE = "demo-430211-0"
ALT = "临街一楼，红色招牌，右边是轮椅坡道"
PLAIN = samples.jpeg()


def keys(store):
    """Say which files are kept."""
    return sorted(one.key for one in store.stored())
