"""Says who may see what without asking the database: signed statements that end."""

import base64
import hashlib
import hmac
import json
import time

from shop.settings import settings


def signature(content):
    return base64.urlsafe_b64encode(hmac.digest(settings.secret_key.encode(), content, hashlib.sha256)).decode().rstrip("=")


def sign(statement, seconds):
    content = base64.urlsafe_b64encode(json.dumps({**statement, "until": int(time.time()) + seconds}).encode()).decode()
    return f"{content}.{signature(content.encode())}"


def verified(token):
    """What was signed; None where it was not, or its time is over."""
    content, _, given = token.partition(".")
    if not settings.secret_key or not hmac.compare_digest(given.encode(), signature(content.encode()).encode()):
        return None
    statement = json.loads(base64.urlsafe_b64decode(content))
    return statement if statement["until"] > time.time() else None
