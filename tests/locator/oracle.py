"""The oracle: every point measured, nothing left out early, geopy where it decides."""

import bisect
import math

from geopy.distance import geodesic as geopy_geodesic

from locator.nearest import geodesic


def passes(points, number, wanted):
    mask = points.masks[number]
    if mask & wanted.all_of != wanted.all_of or not all(mask & one for one in wanted.any_of):
        return False
    return wanted.schedules is None or bool(wanted.schedules >> points.schedules[number] & 1)


def by_geopy(points, place, k, wanted, ranking):
    """Rank by geopy alone."""
    chosen = [one for one in range(len(points.lat)) if passes(points, one, wanted)]
    return ranked(points, place, chosen, ranking)[:k]


def by_measure(points, spots, place, k, wanted, ranking):
    """Rank by our measure, which a test of its own holds to a tenth of a millimetre, then by geopy what is close."""
    here = geodesic.spot(*place)
    weigh = ranking.weights or (1.0,) * 8
    chosen = [one for one in range(len(points.lat)) if passes(points, one, wanted)]
    rough = sorted((geodesic.metres(here, spots[one]) * weigh[points.classes[one]], one) for one in chosen)
    last = rough[min(k, len(rough)) - 1][0] if rough else 0
    return ranked(points, place, [one for value, one in rough if value <= last + 0.01], ranking)[:k]


def by_walking(points, spots, place, k, wanted, ranking):
    """Do the same in the order of straight lines, and stop where even they are longer than the k-th way."""
    here = geodesic.spot(*place)
    weigh = ranking.weights or (1.0,) * 8
    chosen = [one for one in range(len(points.lat)) if passes(points, one, wanted)]
    rough, last = [], math.inf
    for line, one in sorted((math.dist(here, spots[one]), one) for one in chosen):
        if line * min(weigh) > last + 0.01:
            break
        bisect.insort(rough, (geodesic.metres(here, spots[one]) * weigh[points.classes[one]], one))
        last = rough[k - 1][0] if len(rough) >= k else math.inf
    return ranked(points, place, [one for value, one in rough if value <= last + 0.01], ranking)[:k]


def ranked(points, place, chosen, ranking):
    rows = []
    for one in chosen:
        metres = geopy_geodesic(place, (points.lat[one], points.lon[one])).m
        value = metres * ranking.weights[points.classes[one]] if ranking.weights else metres
        rows.append((value, not points.masks[one] & ranking.prefer, one))
    return [one for value, _, one in sorted(rows) if value <= ranking.within]
