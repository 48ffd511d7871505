"""How much of a file we bear. Pure figures, for the service and for the child that decodes."""

from __future__ import annotations

MEGABYTE = 1_000_000

FILE_MEGABYTES = 10  # RULEBOOK WX-9
FILE_BYTES = FILE_MEGABYTES * MEGABYTE
SIGNATURE_BYTES = 2 * MEGABYTE
MEGAPIXELS = 25  # TRUST U1: a phone's 12 pass, 50 are never decoded
PIXELS = MEGAPIXELS * 1_000_000
PDF_PAGES = 50
BOOKLET_PAGES = 20  # photographs bound into one paper
PDF_OBJECTS = 50_000
SIGNATURE_PIXELS = 4_000_000

CHILDREN = 2
CHILD_CPU_SECONDS = 6  # for one file; the child is killed by the kernel
CHILD_SECONDS = 20.0  # by the clock on the wall, for one that waits for something
START_SECONDS = 30.0
CHILD_BYTES = 640 << 20  # all its memory, libraries included
CHILD_FILES = 100  # how many it serves before it is replaced
WAIT_SECONDS = 10.0  # for a free child
