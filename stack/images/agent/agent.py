#!/usr/bin/env python3
"""Tells Prometheus what the tasks of this node use, under the names cAdvisor has for it.

On a manager it also tells how many replicas each service has and should have; and when the certificates
named in AGENT_CERTIFICATES end. It only ever asks the engine (GET of /info, /containers/json,
/containers/ID/stats and /services), so a proxy that lets nothing else pass will do.

    DOCKER_HOST          unix:///var/run/docker.sock, or tcp://HOST:PORT
    AGENT_PORT           9550
    AGENT_CERTIFICATES   SERVICE=HOST:PORT, several separated by spaces
"""

import concurrent.futures
import datetime
import http.client
import http.server
import json
import os
import socket
import ssl
import sys
import time
import urllib.parse

API = "/v1.41"
TIMEOUT = 8
CERTIFICATES_ARE_FRESH_FOR = 300

# The labels of a container that are passed on, and what cAdvisor calls them.
LABELS = {
    label: "container_label_" + label.replace(".", "_")
    for label in (
        "com.docker.stack.namespace",
        "com.docker.swarm.service.name",
        "com.docker.swarm.task.id",
        "com.docker.swarm.task.name",
    )
}


class Gone(OSError):
    """What was asked about is there no more."""


class Engine:
    """The Docker engine of this node."""

    def __init__(self, host):
        self.address = urllib.parse.urlsplit(host)
        if self.address.scheme not in ("unix", "tcp"):
            raise SystemExit(f'agent: DOCKER_HOST is "{host}"; expected unix:///PATH or tcp://HOST:PORT')

    def get(self, path, **query):
        """The answer to a question."""
        connection = self.connect()
        try:
            connection.request("GET", API + path + "?" + urllib.parse.urlencode(query), headers={"Host": "docker"})
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        if response.status in (404, 409):
            raise Gone(f"GET {path}: {response.status}")
        if response.status != 200:
            raise OSError(f"GET {path}: {response.status} {body.decode(errors='replace').strip()}")
        return json.loads(body)

    def connect(self):
        if self.address.scheme == "tcp":
            return http.client.HTTPConnection(self.address.hostname, self.address.port or 2375, timeout=TIMEOUT)
        connection = http.client.HTTPConnection("localhost", timeout=TIMEOUT)
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.settimeout(TIMEOUT)
        connection.sock.connect(self.address.path)
        return connection


class Metrics:
    """Samples in Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats/"""

    def __init__(self):
        self.families = {}

    def add(self, name, kind, help_text, value, **labels):
        lines = self.families.setdefault(name, [f"# HELP {name} {help_text}", f"# TYPE {name} {kind}"])
        pairs = ",".join(f'{key}="{escaped(text)}"' for key, text in labels.items())
        lines.append(f"{name}{{{pairs}}} {value}")

    def text(self):
        return "".join(line + "\n" for lines in self.families.values() for line in lines)


def escaped(text):
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def tasks(engine, metrics, memory_of_node):
    """What each task of this node uses."""
    containers = engine.get("/containers/json", filters=json.dumps({"label": ["com.docker.swarm.task.id"]}))
    with concurrent.futures.ThreadPoolExecutor(max_workers=8) as pool:
        stats = pool.map(lambda container: usage(engine, container), containers)
        for container, used in zip(containers, stats):
            if used:
                task(metrics, container, used, memory_of_node)


def usage(engine, container):
    """What a container uses, or None if it has ended meanwhile."""
    try:
        return engine.get(f"/containers/{container['Id']}/stats", stream="false", **{"one-shot": "true"})
    except Gone:
        return None


def task(metrics, container, used, memory_of_node):
    labels = {"id": "/docker/" + container["Id"]}
    labels.update({name: container["Labels"].get(label, "") for label, name in LABELS.items()})

    cpu = used["cpu_stats"]
    metrics.add("container_cpu_usage_seconds_total", "counter", "CPU time used.",
                cpu["cpu_usage"]["total_usage"] / 1e9, cpu="total", **labels)
    throttling = cpu.get("throttling_data", {})
    metrics.add("container_cpu_cfs_periods_total", "counter", "Scheduler periods in which it ran.",
                throttling.get("periods", 0), **labels)
    metrics.add("container_cpu_cfs_throttled_periods_total", "counter", "Those in which it wanted more than its limit.",
                throttling.get("throttled_periods", 0), **labels)

    memory = used["memory_stats"]
    if "usage" in memory:
        metrics.add("container_memory_working_set_bytes", "gauge", "Memory that the kernel cannot take back at once.",
                    working_set(memory), **labels)
        # Who has no limit is told the node's memory; cAdvisor says 0.
        limit = memory.get("limit", 0)
        metrics.add("container_spec_memory_limit_bytes", "gauge", "Memory it may use, 0 for no limit.",
                    limit if limit < memory_of_node else 0, **labels)


def working_set(memory):
    """As cAdvisor has it: without the pages of files that were not used lately (cgroup version 2, or 1)."""
    details = memory.get("stats", {})
    return max(0, memory["usage"] - details.get("inactive_file", details.get("total_inactive_file", 0)))


def services(engine, metrics):
    """What services have and should have, which managers know."""
    for service in engine.get("/services", status="true"):
        status = service.get("ServiceStatus") or {}
        name = service["Spec"]["Name"]
        metrics.add("swarm_service_replicas_running", "gauge", "Tasks that run.",
                    status.get("RunningTasks", 0), service=name)
        metrics.add("swarm_service_replicas_desired", "gauge", "Tasks there should be.",
                    status.get("DesiredTasks", 0), service=name)


class Certificates:
    """When the certificates end that servers show."""

    def __init__(self, places):
        self.places = [place.partition("=")[::2] for place in places.split()]
        self.seen = {}

    def add_to(self, metrics):
        for service, address in self.places:
            ends, asked = self.seen.get(service, (None, float("-inf")))
            if time.monotonic() - asked > CERTIFICATES_ARE_FRESH_FOR or ends is None:
                ends = ask_for_end(address)
                self.seen[service] = (ends, time.monotonic())
            if ends is not None:
                metrics.add("probe_ssl_earliest_cert_expiry", "gauge", "When the certificate ends, in Unix time.",
                            ends, service=service)


def ask_for_end(address):
    host, _, port = address.rpartition(":")
    # What is asked is when it ends, not whether it is to be trusted.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        with socket.create_connection((host, int(port)), timeout=3) as plain:
            with context.wrap_socket(plain) as connection:
                return end_of(connection.getpeercert(binary_form=True))
    except OSError as problem:
        print(f"agent: no certificate from {address}: {problem}", file=sys.stderr, flush=True)
        return None


def end_of(certificate):
    """notAfter of a certificate in DER (RFC 5280, section 4.1)."""
    fields = parts(parts(parts(certificate)[0][1])[0][1])
    if fields[0][0] == 0xA0:  # the version, which may be missing
        fields = fields[1:]
    _serial, _signature, _issuer, validity = fields[:4]
    kind, text = parts(validity[1])[1]
    form = "%y%m%d%H%M%SZ" if kind == 0x17 else "%Y%m%d%H%M%SZ"
    moment = datetime.datetime.strptime(text.decode("ascii"), form)
    return int(moment.replace(tzinfo=datetime.timezone.utc).timestamp())


def parts(data):
    """The elements of a DER sequence, each its tag and content."""
    found, at = [], 0
    while at < len(data):
        tag, length, at = data[at], data[at + 1], at + 2
        if length & 0x80:
            size = length & 0x7F
            length, at = int.from_bytes(data[at:at + size], "big"), at + size
        found.append((tag, data[at:at + length]))
        at += length
    return found


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers Prometheus, and the health check."""

    def do_GET(self):
        if self.path == "/health":
            self.answer(200, "ok\n")
        elif self.path == "/metrics":
            try:
                self.answer(200, self.server.collect())
            except (OSError, http.client.HTTPException, KeyError, ValueError) as problem:
                print(f"agent: {problem}", file=sys.stderr, flush=True)
                self.answer(503, f"{problem}\n")
        else:
            self.answer(404, "there are /metrics and /health\n")

    def answer(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code="-", size="-"):
        pass


class Server(http.server.ThreadingHTTPServer):
    def __init__(self, port, engine, certificates):
        super().__init__(("", port), Handler)
        self.engine = engine
        self.certificates = certificates

    def collect(self):
        metrics = Metrics()
        info = self.engine.get("/info")
        tasks(self.engine, metrics, info["MemTotal"])
        if info.get("Swarm", {}).get("ControlAvailable"):
            services(self.engine, metrics)
        self.certificates.add_to(metrics)
        return metrics.text()


def main():
    engine = Engine(os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock"))
    certificates = Certificates(os.environ.get("AGENT_CERTIFICATES", ""))
    server = Server(int(os.environ.get("AGENT_PORT", "9550")), engine, certificates)
    print(f"agent: listening on port {server.server_port}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
