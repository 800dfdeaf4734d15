"""The environment, read once. A secret comes from the file that NAME_FILE names."""

import os
import socket
from dataclasses import dataclass, field


class Missing(Exception):
    """A setting without which nothing works, and how to give it."""


def setting(name, default=""):
    file = os.environ.get(name + "_FILE")
    if file:
        try:
            with open(file, encoding="utf-8") as source:
                return source.read().strip()
        except OSError as problem:
            raise Missing(f"{name}_FILE names {file}: {problem.strerror}; is the secret given to this service?") from problem
    return os.environ.get(name, default)


def secret(name):
    return field(default_factory=lambda: setting(name), repr=False)


def text(name, default=""):
    return field(default_factory=lambda: setting(name, default))


def number(name, default):
    return field(default_factory=lambda: int(setting(name) or default))


@dataclass(frozen=True)
class Settings:
    service: str = text("SERVICE", "shop")
    version: str = text("APP_VERSION", "0")
    task: str = field(default_factory=socket.gethostname)
    postgres_host: str = text("POSTGRES_HOST", "postgres")
    postgres_port: int = number("POSTGRES_PORT", 5432)
    postgres_db: str = text("POSTGRES_DB", "shop")
    postgres_user: str = text("POSTGRES_USER", "shop_app")
    postgres_password: str = secret("POSTGRES_PASSWORD")
    pool_size: int = number("DATABASE_POOL_SIZE", 5)
    redis_host: str = text("REDIS_HOST", "redis")
    redis_port: int = number("REDIS_PORT", 6379)
    redis_password: str = secret("REDIS_PASSWORD")
    rabbitmq_host: str = text("RABBITMQ_HOST", "rabbitmq")
    rabbitmq_port: int = number("RABBITMQ_PORT", 5672)
    rabbitmq_user: str = text("RABBITMQ_USER", "shop")
    rabbitmq_password: str = secret("RABBITMQ_PASSWORD")
    queues: str = text("WORKER_QUEUES", "celery")
    concurrency: int = number("WORKER_CONCURRENCY", 2)
    s3_endpoint: str = text("S3_ENDPOINT", "http://minio:9000")
    s3_bucket: str = text("S3_BUCKET", "shop")
    s3_access_key: str = secret("S3_ACCESS_KEY")
    s3_secret_key: str = secret("S3_SECRET_KEY")
    secret_key: str = secret("SECRET_KEY")
    sentry_dsn: str = text("SENTRY_DSN")
    # What shows the stack at work: errors, slow answers, load and jobs on request. off where strangers come.
    demo: str = text("DEMO_ENDPOINTS", "on")
    packing_seconds: str = text("PACKING_SECONDS", "0.8")


settings = Settings()
