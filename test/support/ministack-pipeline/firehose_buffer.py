"""Firehose that gathers what comes within a time into one batch for its Lambda function and one file."""
import base64
import contextvars
import json
import os
import re
import threading

from ministack.core.responses import new_uuid
from ministack.services import firehose

SECONDS = float(os.environ["FIREHOSE_BUFFER_SECONDS"])
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z")

_lock = threading.Lock()
_waiting = {}


def ingest(stream_arn, records):
    for stream in list(firehose._streams.values()):
        source = stream.get("kinesis_source") or {}
        if source.get("KinesisStreamARN") == stream_arn and stream["status"] == "ACTIVE":
            gather(stream, [(firehose._record_id(), data) for _, data in records])


def gather(stream, records):
    with _lock:
        waiting = _waiting.get(stream["name"])
        if waiting is not None:
            waiting.extend(records)
            return
        _waiting[stream["name"]] = list(records)
    # The account and the region of the caller are in its context.
    context = contextvars.copy_context()
    timer = threading.Timer(SECONDS, lambda: context.run(deliver, stream))
    timer.daemon = True
    timer.start()


def deliver(stream):
    with _lock:
        records = _waiting.pop(stream["name"])
    for destination in stream["destinations"]:
        processed = dict(firehose._apply_lambda_processors(stream, destination, records))
        for record_id, data in records:
            if record_id not in processed:
                put_error(stream, destination, "processing-failed", data)
        readable = []
        for data in processed.values():
            if is_readable(data):
                readable.append(data)
            else:
                # It is an error by itself, and none of those beside it.
                put_error(stream, destination, "format-conversion-failed", data)
        if readable:
            firehose._deliver_to_s3(stream, destination, b"\n".join(readable))


def is_readable(data):
    """Whether the OpenX SerDe takes it, which wants a zone in a time, other than DuckDB."""
    try:
        times = [str(document.get("timestamp")) for document in firehose._json_documents(data)]
    except firehose._DeliveryError:
        return False
    return all(TIME.fullmatch(time) for time in times)


def put_error(stream, destination, kind, data):
    config = destination["config"]
    folder = firehose._evaluate_prefix(config["ErrorOutputPrefix"], firehose._arrival_time(config), error_type=kind)
    bucket = firehose._s3_bucket_from_arn(config["BucketARN"])
    document = json.dumps({"rawData": base64.b64encode(data).decode()})
    firehose._put_s3_object(bucket, f"{folder}{stream['name']}-{new_uuid()}", document.encode())


def install():
    firehose.ingest_from_kinesis_source = ingest
