"""MiniStack with what it lacks of the pipeline: named queries and computed alarms in a stack, a buffer in Firehose, and Trino's words."""
import athena_engine
import computed_alarm
import firehose_buffer
import named_query
from ministack import app

named_query.install()
computed_alarm.install()
athena_engine.install()
firehose_buffer.install()
app.main()
