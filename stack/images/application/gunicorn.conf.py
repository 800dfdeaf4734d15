"""How gunicorn serves the API. It reads the names below."""

import os

from prometheus_client import multiprocess

from shop.logs import configuration

bind = "0.0.0.0:8000"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "uvicorn.workers.UvicornWorker"
# What is imported once is shared by the workers' memory. Connections are made later, by each for itself.
preload_app = True
timeout = 30
# Less than the stack's stop_grace_period without the time that draining takes.
graceful_timeout = 25
keepalive = 5
forwarded_allow_ips = "*"
worker_tmp_dir = "/dev/shm"
logconfig_dict = configuration()


def child_exit(server, worker):
    multiprocess.mark_process_dead(worker.pid)
