"""Athena's DuckDB with the parameters of a query, the words of Trino that named queries use, and the hidden column."""
import os
from datetime import datetime
from urllib.parse import urlparse

from ministack.core.responses import error_response_json
from ministack.services import athena, s3

MACROS = """
SET TimeZone = 'UTC';
CREATE MACRO with_timezone(local, zone) AS timezone(zone, CAST(local AS timestamp));
CREATE MACRO at_timezone(instant, zone) AS timezone(zone, CAST(instant AS timestamptz));
CREATE MACRO date_format(time, pattern) AS strftime(time, pattern);
CREATE MACRO approx_percentile(number, fraction) AS quantile_disc(number, fraction);
"""


def with_parameters(query, parameters):
    """The query with an expression, as Athena takes it, for each `?`; None where they are not as many."""
    places = [start for kind, text, start, _ in athena._sql_tokens(query) if (kind, text) == ("punct", "?")]
    if len(places) != len(parameters):
        return None
    for place, parameter in reversed(list(zip(places, parameters))):
        query = f"{query[:place]}{parameter}{query[place + 1:]}"
    return query


def parametrised(start_query_execution):
    def start(data):
        query = with_parameters(data.get("QueryString", ""), data.get("ExecutionParameters") or [])
        if query is None:
            return error_response_json("InvalidRequestException", "Incorrect number of parameters", 400)
        return start_query_execution({**data, "QueryString": query})

    return start


def with_words(rewrite_data_paths):
    async def rewrite(*args):
        query, *rest = await rewrite_data_paths(*args)
        return f"{MACROS}{query}", *rest

    return rewrite


def dated(materialize_table_files):
    """Gives every copy of an object the time at which that was written."""

    def materialize(location, workdirs):
        files = materialize_table_files(location, workdirs)
        url = urlparse(location)
        objects = (s3._buckets.get(url.netloc) or {"objects": {}})["objects"]
        for file in files:
            key = f"{url.path.strip('/')}/{os.path.relpath(file, workdirs[-1])}".lstrip("/")
            written = datetime.fromisoformat(objects[key]["last_modified"].replace("Z", "+00:00")).timestamp()
            os.utime(file, (written, written))
        return files

    return materialize


def with_hidden_column(table_relation):
    def relation(table_data, files):
        times = ", ".join(f"('{file}', make_timestamptz({round(os.path.getmtime(file) * 1e6)}))" for file in files)
        reader = table_relation(table_data, files).replace("union_by_name", "filename = true, union_by_name")
        return (
            f'(SELECT * EXCLUDE (filename) FROM {reader} JOIN (VALUES {times}) '
            'AS written (filename, "$file_modified_time") USING (filename))'
        )

    return relation


def with_empty_column(empty_relation):
    def relation(table_data):
        hidden = '(SELECT CAST(NULL AS timestamptz) AS "$file_modified_time", '
        return empty_relation(table_data).replace("(SELECT ", hidden, 1)

    return relation


def install():
    athena._start_query_execution = parametrised(athena._start_query_execution)
    athena._rewrite_data_paths = with_words(athena._rewrite_data_paths)
    athena._materialize_table_files = dated(athena._materialize_table_files)
    athena._table_relation = with_hidden_column(athena._table_relation)
    athena._empty_relation = with_empty_column(athena._empty_relation)
