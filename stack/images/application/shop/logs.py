"""Logs: one JSON object a line (LOG_FORMAT=json), or lines for people (LOG_FORMAT=text)."""

import json
import logging
import os
import time

from shop.settings import settings

STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message", "taskName"}


class Json(logging.Formatter):
    def format(self, record):
        line = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "service": settings.service,
            "task": settings.task,
            "version": settings.version,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line.update({key: value for key, value in vars(record).items()
                     if key not in STANDARD and isinstance(value, (str, int, float, bool))})
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def configuration():
    """For logging.config.dictConfig; gunicorn, uvicorn and Celery write through it too."""
    level = os.environ.get("LOG_LEVEL", "info").upper()
    lines = "json" if os.environ.get("LOG_FORMAT", "json") == "json" else "text"
    quiet = {"level": "WARNING"}
    passed_on = {"level": level, "propagate": True, "handlers": []}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": Json},
            "text": {"format": "%(asctime)s %(levelname)-7s %(name)s: %(message)s"},
        },
        "handlers": {"output": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": lines}},
        "root": {"level": level, "handlers": ["output"]},
        "loggers": {
            "gunicorn.error": passed_on,
            "gunicorn.access": quiet,
            "uvicorn": passed_on,
            "uvicorn.access": quiet,
            "botocore": quiet,
            "amqp": quiet,
            "psycopg.pool": quiet,
            # Of errors that cannot be reported, one line is enough, and the SDK writes it.
            "urllib3": {"level": "ERROR"},
        },
    }
