"""What workers do, and how they are asked to."""

import logging
import time

from celery import Celery
from kombu import Queue
from kombu.utils.url import as_url

from shop import cache, database, receipts
from shop.settings import settings

log = logging.getLogger(__name__)

app = Celery("shop", broker=as_url("amqp", settings.rabbitmq_host, settings.rabbitmq_port, settings.rabbitmq_user,
                                   settings.rabbitmq_password, "/"))
app.conf.update(
    task_ignore_result=True,
    # A job is done when it is done: a worker that dies leaves it to another.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_concurrency=settings.concurrency,
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,
    worker_send_task_events=False,
    worker_cancel_long_running_tasks_on_connection_loss=False,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_connection_timeout=5,
    broker_heartbeat=30,
    # Broadcasts to workers use queues that RabbitMQ 4 is about to refuse; nothing here needs them.
    worker_enable_remote_control=False,
    task_queues=[Queue(name.strip()) for name in settings.queues.split(",")],
    task_default_queue=settings.queues.split(",")[0].strip(),
    # Who asks hears at once when nobody takes the job.
    task_publish_retry_policy={"max_retries": 2, "interval_start": 0.1, "interval_step": 0.2},
)


class NotYet(Exception):
    """The order is not to be seen: the transaction that placed it is not committed, or was rolled back."""


@app.task(name="shop.fulfil", autoretry_for=(Exception,), retry_backoff=1, retry_backoff_max=60, max_retries=8)
def fulfil(identifier):
    order = database.order(identifier)
    if order is None:
        raise NotYet(f"order {identifier} is not to be seen")
    if order["status"] == "shipped":
        return
    cache.tell(database.change(identifier, "packing"))
    time.sleep(float(settings.packing_seconds))
    key = receipts.keep(order)
    cache.tell(database.change(identifier, "shipped", key))
    log.info("shipped", extra={"order": identifier})


@app.task(name="shop.busy")
def busy(seconds):
    """A job that takes its time, to see queues grow and workers finish before they end."""
    time.sleep(seconds)
    log.info("was busy for %s s", seconds)


@app.task(name="shop.fail")
def fail():
    raise RuntimeError("a job failed, as it was asked to")


def check():
    with app.connection_for_write() as connection:
        connection.ensure_connection(max_retries=1, timeout=3)
