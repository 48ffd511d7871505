"""A server for the tests of the drain: `/slow` takes its time, `/big` says much, `/echo` reads what it is sent."""

import sys
import time

from core import serving


def application(environ, start_response):
    path, body = environ["PATH_INFO"], b"ok"
    if path == "/slow":
        time.sleep(2)
    elif path == "/big":
        body = b"x" * 3_000_000
    elif path == "/echo":
        body = str(len(environ["wsgi.input"].read())).encode()
    elif path == "/readyz":
        body = b"draining" if serving.is_draining() else b"ready"
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


if __name__ == "__main__":
    serving.SLOWEST_HEADER = float(sys.argv[1])
    serving.FINISH = float(sys.argv[2])
    one = serving.Serving(application, serving.Place("127.0.0.1", 0, threads=8), sorry="<h1>{}".format)
    sys.stdout.write(f"{one.port}\n")
    sys.stdout.flush()
    sys.exit(0 if one.serve() else 1)
