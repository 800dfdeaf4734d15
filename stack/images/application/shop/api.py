"""The API."""

import asyncio
import contextlib
import json
import logging
import time
import uuid

from fastapi import FastAPI, Header, HTTPException, Request, Response, WebSocket, WebSocketDisconnect
from fastapi.responses import JSONResponse, PlainTextResponse
from kombu.exceptions import OperationalError as BrokerError
from psycopg import OperationalError as DatabaseError
from psycopg_pool import PoolTimeout
from pydantic import BaseModel, Field

from shop import cache, database, demo, jobs, metrics, receipts, signatures
from shop.errors import report_errors
from shop.health import Readiness
from shop.settings import settings

log = logging.getLogger(__name__)
migration = database.Migration()
readiness = Readiness(migration)
report_errors()


@contextlib.asynccontextmanager
async def lifespan(_):
    metrics.build.labels(settings.service, settings.version).set(1)
    migration.start()
    yield
    migration.ended.set()


app = FastAPI(title="Leaf & Ledger", version=settings.version, lifespan=lifespan, docs_url="/api/docs",
              openapi_url="/api/openapi.json", redoc_url=None)


class Item(BaseModel):
    product: str = Field(max_length=40)
    quantity: int = Field(ge=1, le=99)


class NewOrder(BaseModel):
    customer: str = Field(min_length=1, max_length=80)
    items: list[Item] = Field(min_length=1, max_length=20)


class NewSession(BaseModel):
    customer: str = Field(min_length=1, max_length=80)


class Watched:
    """Counts, times and logs each request, and gives it a name by which it is found again."""

    def __init__(self, inner):
        self.inner = inner

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.inner(scope, receive, send)
        began, status = time.perf_counter(), 500
        headers = dict(scope["headers"])
        name = headers.get(b"x-request-id", b"").decode("latin-1")[:64] or uuid.uuid4().hex

        async def sending(message):
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", name.encode()),
                                      (b"x-served-by", settings.task.encode())]
            await send(message)

        metrics.in_progress.inc()
        try:
            await self.inner(scope, receive, sending)
        finally:
            metrics.in_progress.dec()
            seconds = time.perf_counter() - began
            route = scope.get("route")
            path = route.path if route else "(none)"
            metrics.requests.labels(scope["method"], path, str(status)).inc()
            metrics.durations.labels(scope["method"], path).observe(seconds)
            if not path.startswith(("/health", "/metrics")):
                log.info("%s %s %s", scope["method"], scope["path"], status,
                         extra={"request": name, "status": status, "seconds": round(seconds, 4)})


app.add_middleware(Watched)


@app.exception_handler(DatabaseError)
@app.exception_handler(PoolTimeout)
@app.exception_handler(BrokerError)
async def unavailable(request: Request, problem: Exception):
    log.warning("%s: %s", request.url.path, problem)
    return JSONResponse({"detail": "a service that this needs does not answer; try again"}, 503, {"Retry-After": "5"})


@app.get("/health/live")
async def live():
    return {"status": "alive"}


@app.get("/health/ready")
def ready():
    well, states = readiness.get()
    return JSONResponse({"status": "ready" if well else "not ready", **states}, 200 if well else 503)


@app.get("/metrics")
def exposed():
    return Response(metrics.exposed(), media_type="text/plain; version=0.0.4; charset=utf-8")


@app.get("/api/info")
async def info():
    return {"service": settings.service, "version": settings.version, "task": settings.task}


@app.get("/api/products")
def products(response: Response):
    found, result = cache.remembered("shop:products", 60, database.products)
    metrics.lookups.labels(result).inc()
    response.headers["X-Cache"] = result
    return found


@app.get("/api/orders")
def newest(response: Response):
    found, result = cache.remembered("shop:newest", 2, lambda: database.newest_orders(60))
    metrics.lookups.labels(result).inc()
    response.headers["X-Cache"] = result
    return found


@app.post("/api/orders", status_code=201)
def place(order: NewOrder, response: Response, authorization: str = Header("")):
    customer = who(authorization) or order.customer
    known = database.prices({item.product for item in order.items})
    unknown = [item.product for item in order.items if item.product not in known]
    if unknown:
        raise HTTPException(422, f"there is no product {', '.join(sorted(unknown))}; GET /api/products has what there is")
    items = [{"product": item.product, "name": known[item.product]["name"], "cents": known[item.product]["cents"],
              "quantity": item.quantity} for item in order.items]
    cents = sum(item["cents"] * item["quantity"] for item in items)
    row = database.place(customer, items, cents, lambda row: jobs.fulfil.delay(row["id"]))
    cache.tell(row)
    metrics.orders.inc()
    metrics.revenue.inc(cents)
    response.headers["Location"] = f"/api/orders/{row['id']}"
    return row


@app.get("/api/orders/{identifier}")
def order(identifier: uuid.UUID):
    row = database.order(str(identifier))
    if row is None:
        raise HTTPException(404, f"there is no order {identifier}")
    if row["receipt"]:
        row["receipt_link"] = f"/api/receipts/{signatures.sign({'key': row['receipt']}, 3600)}"
    return row


@app.get("/api/receipts/{token}", response_class=PlainTextResponse)
def receipt(token: str):
    statement = signatures.verified(token)
    if statement is None or "key" not in statement:
        raise HTTPException(403, "this link was not made here, or its time is over")
    return receipts.read(statement["key"])


@app.post("/api/auth/session", status_code=201)
def session(new: NewSession):
    if not settings.secret_key:
        raise HTTPException(503, "SECRET_KEY_FILE is not set, so nothing can be signed")
    return {"token": signatures.sign({"customer": new.customer}, 3600), "seconds": 3600}


def who(authorization):
    """The customer that a token names; none without a token."""
    if not authorization:
        return None
    statement = signatures.verified(authorization.removeprefix("Bearer "))
    if statement is None or "customer" not in statement:
        raise HTTPException(401, "the token was not made here, or its time is over")
    return statement["customer"]


@app.websocket("/ws/orders")
async def news(socket: WebSocket):
    """Each order that is new or has changed, as JSON, from now on."""
    await socket.accept()
    metrics.sockets.inc()
    try:
        await socket.send_text(json.dumps({"hello": settings.task, "version": settings.version}))
        async with cache.listener() as connection, connection.pubsub() as subscription:
            await subscription.subscribe(cache.NEWS)
            leaving = asyncio.create_task(until_left(socket))
            try:
                while not leaving.done():
                    message = await subscription.get_message(ignore_subscribe_messages=True, timeout=1)
                    if message:
                        await socket.send_text(message["data"])
            finally:
                leaving.cancel()
    except (WebSocketDisconnect, RuntimeError):
        pass
    except Exception as problem:  # Redis is gone: the browser comes again
        log.warning("a WebSocket ends: %s", problem)
        with contextlib.suppress(RuntimeError):
            await socket.close(1013)
    finally:
        metrics.sockets.dec()


async def until_left(socket):
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while True:
            await socket.receive_text()


if settings.demo == "on":
    app.include_router(demo.router)
