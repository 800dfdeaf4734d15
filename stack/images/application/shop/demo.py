"""On request: errors, slow answers, load and jobs, to see the stack deal with them. DEMO_ENDPOINTS=off removes it."""

import hashlib
import time

from fastapi import APIRouter, Query

from shop import jobs
from shop.settings import settings

router = APIRouter(prefix="/api/demo")


@router.post("/error")
def error():
    """An error that nobody caught: it arrives at the relay."""
    raise RuntimeError("an error, as it was asked for")


@router.get("/slow")
def slow(seconds: float = Query(1, ge=0, le=30)):
    time.sleep(seconds)
    return {"seconds": seconds, "task": settings.task}


@router.get("/load")
def load(milliseconds: int = Query(100, ge=1, le=2000)):
    """Computes for so long, so that the CPU's use grows."""
    until, rounds = time.thread_time() + milliseconds / 1000, 0
    while time.thread_time() < until:
        hashlib.sha256(b"tea" * 1000).digest()
        rounds += 1
    return {"rounds": rounds, "task": settings.task}


@router.post("/jobs", status_code=202)
def more_jobs(count: int = Query(1, ge=1, le=5000), seconds: float = Query(1, ge=0, le=300), failing: int = Query(0, ge=0, le=100)):
    with jobs.app.producer_pool.acquire(block=True, timeout=10) as producer:
        for _ in range(count):
            jobs.busy.apply_async((seconds,), producer=producer)
        for _ in range(failing):
            jobs.fail.apply_async(producer=producer)
    return {"count": count, "failing": failing}
