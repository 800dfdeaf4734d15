"""The Celery worker, with health and metrics over HTTP on port 9540.

/health is the worker's own: 200 while its loop runs, also when RabbitMQ is away, which a restart would not mend.
/ready is 200 while it takes jobs. SIGTERM ends it when the jobs at hand are done.
"""

import http.server
import json
import logging.config
import threading
import time

from celery import bootsteps, signals
from prometheus_client import multiprocess

from shop import database, logs, metrics
from shop.errors import report_errors
from shop.jobs import app
from shop.settings import settings

PORT = 9540
BEAT_SECONDS = 2
# Longer than the loop is ever kept by one thing it does.
STALE_SECONDS = 45

log = logging.getLogger("shop.worker")


class State:
    """starting, waiting for the broker, taking jobs, finishing; and when the loop was last seen at work."""

    def __init__(self):
        self.name = "starting"
        self.seen = time.monotonic()

    def beat(self):
        self.seen = time.monotonic()

    def enter(self, name):
        if self.name != "finishing":
            self.name = name
        self.beat()

    def alive(self):
        return self.name != "taking jobs" or time.monotonic() - self.seen < STALE_SECONDS


state = State()


class Beat(bootsteps.StartStopStep):
    """Follows the consumer: it is started with each connection to the broker and stopped when that is lost."""

    requires = {"celery.worker.consumer.tasks:Tasks"}

    def __init__(self, consumer, **options):
        super().__init__(consumer, **options)
        self.timer = None

    def start(self, consumer):
        state.enter("taking jobs")
        self.timer = consumer.timer.call_repeatedly(BEAT_SECONDS, state.beat)

    def stop(self, consumer):
        if self.timer:
            self.timer.cancel()
        state.enter("waiting for the broker")

    shutdown = stop


app.steps["consumer"].add(Beat)


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/metrics":
            self.answer(200, "text/plain; version=0.0.4; charset=utf-8", metrics.exposed())
        elif self.path in ("/health", "/ready"):
            well = state.alive() if self.path == "/health" else state.name == "taking jobs"
            content = {"status": state.name, "seen_seconds_ago": round(time.monotonic() - state.seen, 1)}
            self.answer(200 if well else 503, "application/json", json.dumps(content).encode())
        else:
            self.answer(404, "text/plain", b"there are /health, /ready and /metrics\n")

    def answer(self, status, kind, content):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


began = {}


@signals.setup_logging.connect
def set_up_logging(**_):
    logging.config.dictConfig(logs.configuration())


@signals.worker_init.connect
def started(**_):
    state.enter("waiting for the broker")
    metrics.build.labels(settings.service, settings.version).set(1)
    server = http.server.ThreadingHTTPServer(("0.0.0.0", PORT), Answers)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True, name="http").start()


@signals.worker_shutting_down.connect
def ending(**_):
    state.enter("finishing")
    log.info("finishing the jobs at hand")


@signals.worker_process_init.connect
def process_started(**_):
    # A fork inherits the parent's caches, and must not inherit its connections.
    database.pool.cache_clear()


@signals.worker_process_shutdown.connect
def process_ended(pid=None, **_):
    multiprocess.mark_process_dead(pid)


@signals.task_prerun.connect
def job_started(task_id=None, **_):
    began[task_id] = time.perf_counter()
    metrics.jobs_in_progress.inc()


@signals.task_postrun.connect
def job_ended(task_id=None, task=None, state=None, **_):
    metrics.jobs_in_progress.dec()
    metrics.job_durations.labels(task.name).observe(time.perf_counter() - began.pop(task_id, time.perf_counter()))
    metrics.jobs.labels(task.name, (state or "unknown").lower()).inc()


def main():
    logging.config.dictConfig(logs.configuration())
    report_errors()
    app.worker_main(["worker", "--without-gossip", "--without-mingle", "--queues", settings.queues, "--hostname",
                     f"{settings.service}@%h", "--loglevel", "INFO"])


if __name__ == "__main__":
    main()
