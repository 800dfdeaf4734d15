"""Receipts in an S3 store."""

import functools

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from shop.settings import settings


@functools.cache
def client():
    return boto3.client(
        "s3",
        endpoint_url=settings.s3_endpoint,
        aws_access_key_id=settings.s3_access_key,
        aws_secret_access_key=settings.s3_secret_key,
        region_name="us-east-1",
        config=Config(
            s3={"addressing_style": "path"},
            connect_timeout=3,
            read_timeout=10,
            retries={"total_max_attempts": 3},
            # Not every S3 server knows the checksums that newer clients send unasked.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )


def exists(bucket):
    try:
        client().head_bucket(Bucket=bucket)
        return True
    except ClientError as problem:
        if problem.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            return False
        raise


@functools.cache
def bucket():
    name = settings.s3_bucket
    if not exists(name):
        try:
            client().create_bucket(Bucket=name)
        except ClientError as problem:
            # Another task was quicker.
            if problem.response["Error"]["Code"] not in ("BucketAlreadyOwnedByYou", "BucketAlreadyExists"):
                raise
    return name


def text_of(order):
    lines = [f"Leaf & Ledger - receipt {order['id']}", f"for {order['customer']}, {order['created_at']:%Y-%m-%d %H:%M} UTC", ""]
    for item in order["items"]:
        lines.append(f"{item['quantity']:>3} x {item['name']:<28} {item['quantity'] * item['cents'] / 100:>9.2f}")
    lines += ["", f"{'total':>34} {order['cents'] / 100:>9.2f}", ""]
    return "\n".join(lines)


def keep(order):
    """The name under which the receipt now lies; the same for the same order, so that doing it twice is no harm."""
    key = f"receipts/{order['created_at']:%Y/%m/%d}/{order['id']}.txt"
    client().put_object(Bucket=bucket(), Key=key, Body=text_of(order).encode(), ContentType="text/plain; charset=utf-8")
    return key


def read(key):
    return client().get_object(Bucket=bucket(), Key=key)["Body"].read().decode()


def check():
    bucket()
    client().head_bucket(Bucket=settings.s3_bucket)
