"""Whether the service can do its work: each dependency asked, at once, within seconds."""

import concurrent.futures
import os
import threading
import time

from shop import cache, database, jobs, metrics, receipts

CHECKS = {"postgres": database.check, "redis": cache.check, "rabbitmq": jobs.check, "s3": receipts.check}
# Asked by each proxy and each person: who asks within this time hears the same again.
FRESH_SECONDS = 3


def asked(check):
    try:
        check()
        return "ok"
    except Exception as problem:  # each library has its own
        return str(problem).strip().splitlines()[0] if str(problem).strip() else type(problem).__name__


class Readiness:
    def __init__(self, migration):
        self.migration = migration
        self.lock = threading.Lock()
        self.executor = concurrent.futures.ThreadPoolExecutor(len(CHECKS), thread_name_prefix="readiness")
        self.answer = None
        self.until = 0.0

    def get(self):
        """Whether all is well, and the state of each part."""
        if os.path.exists("/tmp/draining"):
            return False, {"draining": "ending as asked"}
        with self.lock:
            if time.monotonic() > self.until:
                self.answer = self.ask()
                self.until = time.monotonic() + FRESH_SECONDS
            return self.answer

    def ask(self):
        futures = {name: self.executor.submit(asked, check) for name, check in CHECKS.items()}
        states = {}
        for name, future in futures.items():
            try:
                states[name] = future.result(timeout=6)
            except concurrent.futures.TimeoutError:
                states[name] = "no answer within 6 s"
            metrics.dependency.labels(name).set(1 if states[name] == "ok" else 0)
        states["tables"] = "ok" if self.migration.done.is_set() else "not made yet"
        return all(state == "ok" for state in states.values()), states
