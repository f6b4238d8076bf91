#!/usr/bin/env python3
"""What `emend review` lets in and what it turns away, and what it writes. Needs EMEND (the program) and EMEND_SOURCE."""
import hashlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

EMEND, SOURCE = os.environ["EMEND"], os.environ["EMEND_SOURCE"]
TYPE = "application/x-emend-decisions"
failures = []


def expect(what, found, wanted):
    if found != wanted:
        failures.append("%s: %r, and not %r" % (what, found, wanted))


def expect_in(what, part, whole):
    if part not in whole:
        failures.append("%s: there is no %r in %r" % (what, part, whole[:300]))


class Server:
    def __init__(self, *arguments):
        self.process = subprocess.Popen([EMEND, "review", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        address = urllib.parse.urlsplit(self.process.stdout.readline().strip())
        self.port, self.path = address.port, address.path
        self.host = "127.0.0.1:%s" % self.port

    def ask(self, method, path, body=None, **headers):
        """(status, headers, body); a header whose value is None is not sent."""
        sent = {"Host": self.host}
        if method == "POST":
            sent.update({"Origin": "http://" + self.host, "Content-Type": TYPE, "Content-Length": str(len(body or b""))})
        sent.update({name.replace("_", "-"): value for name, value in headers.items()})
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in sent.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders()
        try:
            connection.send(body or b"")
        except (BrokenPipeError, ConnectionResetError):
            pass  # it need not read what it turns away
        reply = connection.getresponse()
        return reply.status, reply.headers, reply.read().decode()

    def end(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(20)


def check_doors(s):
    status, headers, page = s.ask("GET", s.path)
    expect("the page", status, 200)
    expect_in("the page", "connect-src 'self'", page)
    for name, value in (("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer"),
                        ("X-Frame-Options", "DENY"), ("Content-Security-Policy", "frame-ancestors 'none'")):
        expect(name, headers[name], value)
    expect("the page under localhost", s.ask("GET", s.path, Host="localhost:%s" % s.port)[0], 200)
    good = b"+paragraph: [[Weather]]\n"
    wrong = "/" + "0" * 32 + "/"
    for what, status, asked in (
            ("no token", 404, ("GET", "/", None, {})),
            ("another token", 404, ("GET", wrong, None, {})),
            ("part of the token", 404, ("GET", s.path[:10] + "/", None, {})),
            ("another token, saving", 404, ("POST", wrong + "decisions", good, {})),
            ("a path that climbs", 404, ("GET", s.path + "../../etc/passwd", None, {})),
            ("a path that climbs, in disguise", 404, ("GET", s.path + "%2e%2e/%2e%2e/etc/passwd", None, {})),
            ("a path beside the token", 404, ("GET", "/etc/passwd", None, {})),
            ("the book itself", 404, ("GET", s.path + "book.txt", None, {})),
            ("another host (DNS rebinding)", 403, ("GET", s.path, None, {"Host": "evil.example:%s" % s.port})),
            ("another port in Host", 403, ("GET", s.path, None, {"Host": "127.0.0.1:1"})),
            ("no Host", 403, ("GET", s.path, None, {"Host": None})),
            ("saving from another page", 403, ("POST", s.path + "decisions", good, {"Origin": "http://evil.example"})),
            ("saving from a file", 403, ("POST", s.path + "decisions", good, {"Origin": "null"})),
            ("saving without Origin", 403, ("POST", s.path + "decisions", good, {"Origin": None})),
            ("the other name of this machine as Origin", 403, ("POST", s.path + "decisions", good, {"Origin": "http://localhost:%s" % s.port})),
            ("what a form can send", 415, ("POST", s.path + "decisions", good, {"Content_Type": "text/plain"})),
            ("no length", 411, ("POST", s.path + "decisions", b"0\r\n\r\n", {"Content_Length": None, "Transfer_Encoding": "chunked"})),
            ("too much", 413, ("POST", s.path + "decisions", b"", {"Content_Length": str(33 << 20)})),
            ("saving by GET", 404, ("GET", s.path + "decisions", None, {})),
            ("another method", 405, ("PUT", s.path + "decisions", good, {})),
            ("asking before sending from elsewhere", 405, ("OPTIONS", s.path + "decisions", None, {})),
            ("saving elsewhere", 404, ("POST", s.path + "book.txt", good, {}))):
        method, path, body, headers = asked
        expect(what, s.ask(method, path, body, **headers)[0], status)


def check_one_request_a_connection(s):
    hidden = "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n" % (s.path, s.host)
    for what, origin in (("a request that is turned away", "http://evil.example"), ("one that is let in", "http://" + s.host)):
        with socket.create_connection(("127.0.0.1", s.port), timeout=20) as connection:
            connection.sendall(("POST %sconvert HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nContent-Type: %s\r\nContent-Length: 0\r\n\r\n" % (s.path, s.host, origin, TYPE) + hidden).encode())
            replies = b""
            try:
                while more := connection.recv(65536):
                    replies += more
            except ConnectionResetError:
                pass  # it need not read what it does not answer
        expect("answers to a second request behind " + what, replies.count(b"HTTP/1.1 ") - 1, 0)


def check_idle_connections(s):
    """A browser opens connections that it does not use yet, and other programs do so as well."""
    idle = [socket.create_connection(("127.0.0.1", s.port), timeout=20) for _ in range(64)]
    begun = time.monotonic()
    expect("the page beside 64 idle connections", s.ask("GET", s.path)[0], 200)
    expect("it comes at once", time.monotonic() - begun < 5, True)
    for connection in idle:
        connection.close()


def check_saving(s, folder):
    path = os.path.join(folder, "book.decisions")
    expect("a file before anything is saved", os.path.exists(path), False)
    for what, body in (("no sign", b"accept x: [[a]]\n"), ("no decision", b"+rm -rf: [[a]]\n"), ("no place", b"+paragraph: words\n"),
                       ("a control character", b"+paragraph: [[a\x01b]]\n"), ("no UTF-8", b"+paragraph: [[\xff]]\n"),
                       ("a comment", b"+# mine\n")):
        status, _, reply = s.ask("POST", s.path + "decisions", body)
        expect(what, (status, os.path.exists(path)), (400, False))
    own = "# by hand\r\nhead 2: [[Winding]]\r\n\r\nread: [[fog]] => frog"
    with open(path, "w", newline="") as file:
        file.write(own)
    added = "+reject par.lines: [[The]] weather\n+paragraph: [[Weather]]\n+head 2: [[Winding]]\n"
    status, _, reply = s.ask("POST", s.path + "decisions", added.encode())
    wanted = own + "\r\nreject par.lines: [[The]] weather\r\nparagraph: [[Weather]]\r\n"
    expect("saving", (status, reply), (200, wanted))
    s.ask("POST", s.path + "decisions", b"-paragraph: [[Weather]]\n-level 1: [[never there]]\n")
    with open(path, newline="") as file:
        expect("what is left", file.read(), wanted.replace("paragraph: [[Weather]]\r\n", ""))
    expect("files beside the book", sorted(os.listdir(folder)), ["book.decisions", "book.txt"])
    expect_in("the page has the file as it is now", "reject par.lines: [[The]] weather", s.ask("GET", s.path)[2])
    digest = hashlib.sha256(open(path, "rb").read()).hexdigest()
    before = open(path, newline="").read()
    status, headers, reply = s.ask("POST", s.path + "decisions", b"=" + b"0" * 64 + b"\n+paragraph: [[Weather]]\n")
    expect("saving what was decided on an older file", (status, reply, headers["X-Emend-Version"]), (409, before, digest))
    expect("the file is left alone", open(path, newline="").read(), before)
    stamped = b"=" + digest.encode() + b"\n# 2026-11-29 23:20, Ada Quill\n+paragraph: [[Weather]]\n"
    expect("saving on the file as it is", s.ask("POST", s.path + "decisions", stamped)[0], 200)
    expect_in("the stamp stands above", "\r\n# 2026-11-29 23:20, Ada Quill\r\nparagraph: [[Weather]]\r\n", open(path, newline="").read())
    s.ask("POST", s.path + "decisions", b"# 2026-11-29 23:20, Ada Quill\n+head: [[Weather]]\n")
    expect("one stamp for a minute", open(path).read().count("Ada Quill"), 1)
    s.ask("POST", s.path + "decisions", b"-head: [[Weather]]\n-paragraph: [[Weather]]\n")
    expect("a stamp without decisions goes", open(path, newline="").read(), before)
    expect("two stamps", s.ask("POST", s.path + "decisions", b"# 2026-11-29 23:20\n# 2026-11-29 23:20\n")[0], 400)
    expect("a comment that is no stamp", s.ask("POST", s.path + "decisions", b"# anything\n")[0], 400)
    expect("a picture where there is none", s.ask("GET", s.path + "scan/1")[0], 404)
    expect("converting again", s.ask("POST", s.path + "convert", b"")[0], 200)
    with open(path, "a") as file:
        file.write("no decision\n")
    status, _, reply = s.ask("POST", s.path + "convert", b"")
    expect("converting with a bad file", status, 400)
    expect_in("converting with a bad file", "book.decisions:6", reply)


def check_scans(folder, book):
    pictures = os.path.join(folder, "pictures")
    os.mkdir(pictures)
    for name, content in (("p10.png", "ten"), ("p9.PNG", "nine"), ("p9b.jpg", "later"), ("list.txt", "no picture")):
        with open(os.path.join(pictures, name), "w") as file:
            file.write(content)
    s = Server(book, "--scans", pictures, "--decisions", os.path.join(folder, "of-scans.decisions"))
    found = [s.ask("GET", s.path + "scan/%s" % n) for n in (1, 2, 3)]
    expect("pictures in the order of their numbers", [(status, headers["Content-Type"], body) for status, headers, body in found],
           [(200, "image/png", "nine"), (200, "image/jpeg", "later"), (200, "image/png", "ten")])
    for asked in ("scan/0", "scan/4", "scan/../book.txt", "scan/list.txt", "scan/", "scan/1/"):
        expect("no picture: " + asked, s.ask("GET", s.path + asked)[0], 404)
    expect("a picture for another", s.ask("GET", "/" + "0" * 32 + "/scan/1")[0], 404)
    expect_in("the page may show them", "img-src data: 'self'", s.ask("GET", s.path)[2])
    s.end()
    os.mkdir(os.path.join(folder, "none"))
    for scans in ("none", "book.txt"):
        refused = subprocess.run([EMEND, "review", book, "--scans", os.path.join(folder, scans)], capture_output=True, text=True, timeout=20)
        expect("no scans in " + scans, refused.returncode, 3)


def main():
    with tempfile.TemporaryDirectory() as folder:
        book = os.path.join(folder, "book.txt")
        shutil.copy(os.path.join(SOURCE, "samples/note-short/input.txt"), book)
        s = Server(book)
        check_doors(s)
        check_one_request_a_connection(s)
        check_idle_connections(s)
        check_saving(s, folder)
        outside = socket.socket()
        outside.settimeout(2)
        expect("another address of this machine", outside.connect_ex(("127.0.0.2", s.port)) != 0, True)
        taken = subprocess.run([EMEND, "review", book, "--port", str(s.port), "--decisions", os.path.join(folder, "other")], capture_output=True, text=True, timeout=20)
        expect("a port that is taken", taken.returncode, 7)
        other = subprocess.run([EMEND, "review", book, "--decisions", book], capture_output=True, text=True, timeout=20)
        expect("decisions over the book", other.returncode, 2)
        expect("ending", s.end(), 0)
        check_scans(folder, book)
    for failure in failures:
        print("FAIL: " + failure)
    print("the review server: %s" % ("all as expected" if not failures else "%d failures" % len(failures)))
    return 1 if failures else 0


sys.exit(main())
