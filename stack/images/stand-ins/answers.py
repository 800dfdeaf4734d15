"""A small HTTP server: routes, JSON answers, and an end that lets running requests finish."""

import http.server
import json
import signal
import sys
import threading


class Wrong(Exception):
    """An answer that is an error: status and what to say."""

    def __init__(self, status, message, headers=None):
        super().__init__(message)
        self.status = status
        self.headers = headers or {}


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    # The end waits so long for running requests; connections without one are not waited for.
    patience_seconds = 10

    def __init__(self, address, handler):
        super().__init__(address, handler)
        self.running = 0
        self.change = threading.Condition()

    def count(self, difference):
        with self.change:
            self.running += difference
            self.change.notify_all()

    def finish(self):
        with self.change:
            self.change.wait_for(lambda: self.running == 0, self.patience_seconds)


def say(service, **fields):
    print(json.dumps({"service": service, **fields}), flush=True)


def serve(name, host, port, route):
    """Answers with what route(method, path, headers, body) returns: (status, type, bytes, headers)."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 20

        def log_message(self, *_):
            pass

        def answer(self):
            self.server.count(1)
            try:
                self.answer_counted()
            finally:
                self.server.count(-1)

        def answer_counted(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            try:
                status, kind, content, headers = route(self.command, self.path, self.headers, body)
            except Wrong as wrong:
                status, kind, headers = wrong.status, "application/json", wrong.headers
                content = json.dumps({"message": str(wrong)}).encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("X-Stand-In", name)
            for key, value in headers.items():
                self.send_header(key, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        do_GET = do_POST = do_HEAD = do_PUT = do_DELETE = answer

    server = Server((host, port), Handler)

    def end(*_):
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    say(name, message=f"listening on {host}:{port}; this is a stand-in, not the real thing")
    server.serve_forever(poll_interval=0.1)
    server.server_close()
    server.finish()
    say(name, message="ended as asked")
    sys.exit(0)


def text(content, status=200, kind="text/plain; charset=utf-8", headers=None):
    return status, kind, content.encode(), headers or {}


def data(content, status=200, headers=None):
    return status, "application/json", json.dumps(content).encode(), headers or {}
