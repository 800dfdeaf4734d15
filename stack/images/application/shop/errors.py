"""Errors go to the relay that SENTRY_DSN names; to nobody where it is empty."""

import sentry_sdk

from shop.settings import settings


def report_errors():
    if settings.sentry_dsn:
        sentry_sdk.init(
            dsn=settings.sentry_dsn,
            release=f"shop@{settings.version}",
            server_name=settings.task,
            environment="production",
            traces_sample_rate=0,
            send_default_pii=False,
            shutdown_timeout=3,
        )
        sentry_sdk.set_tag("service", settings.service)
