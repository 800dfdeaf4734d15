"""Redis: what was computed a moment ago, and news of orders for who watches. Without Redis all works, slower."""

import functools
import json
import logging

import redis
import redis.asyncio

from shop.settings import settings

log = logging.getLogger(__name__)

NEWS = "shop:orders"


def written(moment):
    """As the API writes it, so that who compares two moments may compare texts."""
    return moment.isoformat()


def arguments():
    return {
        "host": settings.redis_host,
        "port": settings.redis_port,
        "password": settings.redis_password or None,
        "socket_connect_timeout": 2,
        "decode_responses": True,
    }


@functools.cache
def client():
    return redis.Redis(socket_timeout=2, **arguments())


def listener():
    """A connection of its own for who waits for news; waiting is no error."""
    return redis.asyncio.Redis(socket_timeout=None, health_check_interval=15, **arguments())


def remembered(key, seconds, compute):
    """The value, and whether it was remembered ("hit"), computed ("miss"), or the cache did not answer ("down")."""
    try:
        found = client().get(key)
        if found is not None:
            return json.loads(found), "hit"
        value = compute()
        client().set(key, json.dumps(value, default=written), ex=seconds)
        return value, "miss"
    except redis.RedisError as problem:
        log.warning("the cache does not answer: %s", problem)
        return compute(), "down"


def tell(order):
    """Says that an order is new or has changed."""
    try:
        with client().pipeline() as pipeline:
            pipeline.delete("shop:newest")
            pipeline.publish(NEWS, json.dumps(order, default=written))
            pipeline.execute()
    except redis.RedisError as problem:
        log.warning("the cache does not answer: %s", problem)


def check():
    client().ping()
