"""Stands in for Sentry Relay: answers its health checks, takes events and envelopes as it does, and keeps them for
who wants to look, in place of passing them on.

  run [--config DIRECTORY]          DIRECTORY/config.yml; of it relay.host and relay.port are used
  GET /stand-in/events              the last thousand items, oldest first; ?project=1, ?type=event
  /var/lib/relay/events.jsonl       the same, one a line
"""

import collections
import gzip
import json
import os
import re
import sys
import threading
import time
import urllib.parse
import zlib

import yaml

from answers import Wrong, data, say, serve, text

NAME = "stand-in-relay"
KEPT = 1000
STORE = "/var/lib/relay/events.jsonl"
STORE_LIMIT = 16 * 1024 * 1024
KNOWN = {"relay", "logging", "limits", "http", "cache", "spool", "processing", "metrics", "sentry", "outcomes"}
MODES = {"managed", "static", "proxy", "capture"}


def read_config(folder):
    file = os.path.join(folder, "config.yml")
    if not os.path.exists(file):
        return {}
    with open(file, encoding="utf-8") as source:
        content = yaml.safe_load(source) or {}
    if not isinstance(content, dict):
        raise ValueError(f"{file}: expected a mapping")
    unknown = set(content) - KNOWN
    if unknown:
        raise ValueError(f"{file}: unknown section {', '.join(sorted(unknown))}; known are {', '.join(sorted(KNOWN))}")
    relay = content.get("relay") or {}
    if relay.get("mode", "managed") not in MODES:
        raise ValueError(f"{file}: relay.mode: expected one of {', '.join(sorted(MODES))}, found {relay['mode']!r}")
    if not isinstance(relay.get("port", 3000), int):
        raise ValueError(f"{file}: relay.port: expected a number, found {relay['port']!r}")
    return relay


class Sink:
    """What was received, in memory for tests and in a file for people."""

    def __init__(self):
        self.items = collections.deque(maxlen=KEPT)
        self.received = collections.Counter()
        self.lock = threading.Lock()

    def keep(self, item):
        line = json.dumps(item)
        with self.lock:
            self.items.append(item)
            self.received[(item["project"], item["type"])] += 1
            try:
                if os.path.exists(STORE) and os.path.getsize(STORE) > STORE_LIMIT:
                    os.replace(STORE, STORE + ".1")
                with open(STORE, "a", encoding="utf-8") as store:
                    store.write(line + "\n")
            except OSError as problem:
                say(NAME, level="warning", message=f"{STORE}: {problem}")
        say(NAME, message="received", project=item["project"], type=item["type"], event=summary(item["payload"]))

    def select(self, project, kind):
        with self.lock:
            return [item for item in self.items
                    if (project is None or item["project"] == project) and (kind is None or item["type"] == kind)]


def summary(payload):
    """What a person wants to see of an event in the log."""
    if not isinstance(payload, dict):
        return None
    values = ((payload.get("exception") or {}).get("values") or [{}])
    last = values[-1] if values else {}
    message = payload.get("message") or (payload.get("logentry") or {}).get("message")
    if last.get("type"):
        message = f"{last['type']}: {last.get('value')}"
    return {"event_id": payload.get("event_id"), "level": payload.get("level"), "message": message,
            "server_name": payload.get("server_name"), "release": payload.get("release")}


def parsed(content):
    try:
        return json.loads(content)
    except ValueError:
        return content.decode("utf-8", "replace")


def envelope_items(body):
    """The items of an envelope: a header line, then for each item a header line and a payload, whose length is
    given or which ends with the line (develop.sentry.dev/sdk/data-model/envelopes)."""
    line, _, rest = body.partition(b"\n")
    try:
        header = json.loads(line)
    except ValueError as problem:
        raise Wrong(400, f"the envelope's header is no JSON: {problem}") from problem
    while rest.strip():
        line, _, rest = rest.partition(b"\n")
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except ValueError as problem:
            raise Wrong(400, f"an item's header is no JSON: {problem}") from problem
        length = item.get("length")
        if length is None:
            payload, _, rest = rest.partition(b"\n")
        else:
            if length > len(rest):
                raise Wrong(400, f"an item says it has {length} bytes; {len(rest)} are left")
            payload, rest = rest[:length], rest[length:].removeprefix(b"\n")
        yield header, item.get("type", "unknown"), parsed(payload)


def uncompressed(headers, body):
    encoding = headers.get("Content-Encoding", "identity").lower()
    try:
        if encoding == "gzip":
            return gzip.decompress(body)
        if encoding == "deflate":
            return zlib.decompress(body)
    except (OSError, EOFError, zlib.error) as problem:
        raise Wrong(400, f"the body is not {encoding}: {problem}") from problem
    if encoding not in ("", "identity"):
        raise Wrong(415, f"the stand-in knows gzip and deflate, not {encoding}")
    return body


def key_of(query, headers, header):
    found = re.search(r"sentry_key=([0-9A-Za-z]+)", headers.get("X-Sentry-Auth", "") + "&" + query)
    if found:
        return found.group(1)
    return urllib.parse.urlsplit(header.get("dsn") or "").username


class Relay:
    def __init__(self):
        self.sink = Sink()

    def route(self, method, target, headers, body):
        address = urllib.parse.urlsplit(target)
        path = address.path.rstrip("/") + "/"
        if path in ("/api/relay/healthcheck/live/", "/api/relay/healthcheck/ready/"):
            return data({"is_healthy": True})
        if path == "/stand-in/events/":
            wanted = dict(urllib.parse.parse_qsl(address.query))
            return data(self.sink.select(wanted.get("project"), wanted.get("type")))
        if path == "/metrics/":
            lines = ["# TYPE stand_in_relay_items_total counter"]
            lines += [f'stand_in_relay_items_total{{project="{project}",type="{kind}"}} {count}'
                      for (project, kind), count in sorted(self.sink.received.items())]
            return text("\n".join(lines) + "\n", kind="text/plain; version=0.0.4")
        found = re.fullmatch(r"/api/([0-9]+)/(envelope|store)/", path)
        if not found:
            raise Wrong(404, f"{path}: the stand-in for Sentry Relay has no such path")
        if method != "POST":
            raise Wrong(405, "events are posted", {"Allow": "POST"})
        return self.receive(found.group(1), found.group(2), address.query, headers, uncompressed(headers, body))

    def receive(self, project, kind, query, headers, body):
        if kind == "store":
            entries = [({}, "event", parsed(body))]
        else:
            entries = list(envelope_items(body))
        header = entries[0][0] if entries else {}
        if not key_of(query, headers, header):
            raise Wrong(401, "no sentry_key in X-Sentry-Auth, in the query or in the envelope's dsn")
        for _, item_type, payload in entries:
            self.sink.keep({"received": time.time(), "project": project, "type": item_type, "payload": payload})
        return data({"id": header.get("event_id")})


def main():
    arguments = sys.argv[1:]
    if not arguments or arguments[0] != "run":
        say(NAME, level="error", message=f"expected: run [--config DIRECTORY]; found: {' '.join(arguments)}")
        sys.exit(2)
    folder = "/etc/relay"
    for option in ("--config", "-c"):
        if option in arguments[:-1]:
            folder = arguments[arguments.index(option) + 1]
    try:
        config = read_config(folder)
    except (OSError, ValueError, yaml.YAMLError) as problem:
        say(NAME, level="error", message=f"configuration refused: {problem}")
        sys.exit(1)
    serve(NAME, config.get("host", "0.0.0.0"), config.get("port", 3000), Relay().route)


if __name__ == "__main__":
    main()
