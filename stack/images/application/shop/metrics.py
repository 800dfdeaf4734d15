"""What is counted. Several processes count into files of PROMETHEUS_MULTIPROC_DIR; an answer sums them up."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

requests = Counter("http_requests_total", "Requests answered.", ["method", "path", "status"])
durations = Histogram("http_request_duration_seconds", "Time until the answer began.", ["method", "path"], buckets=BUCKETS)
in_progress = Gauge("http_requests_in_progress", "Requests being answered.", multiprocess_mode="livesum")
sockets = Gauge("websocket_connections", "WebSockets that are open.", multiprocess_mode="livesum")
orders = Counter("shop_orders_total", "Orders taken.")
revenue = Counter("shop_revenue_cents_total", "What they cost together.")
lookups = Counter("shop_cache_lookups_total", "Questions to the cache: hit, miss, or down.", ["result"])
dependency = Gauge("shop_dependency_up", "Whether a dependency answered the last readiness check.", ["dependency"],
                   multiprocess_mode="mostrecent")
jobs = Counter("celery_tasks_total", "Jobs ended: success, failure or retry.", ["task", "state"])
job_durations = Histogram("celery_task_duration_seconds", "Time jobs took.", ["task"],
                          buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120))
jobs_in_progress = Gauge("celery_tasks_in_progress", "Jobs being done.", multiprocess_mode="livesum")
build = Gauge("shop_build_info", "The version that runs.", ["service", "version"], multiprocess_mode="mostrecent")


def exposed():
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    return generate_latest(registry)
