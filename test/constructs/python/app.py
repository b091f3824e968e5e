"""Synthesises two stacks with the constructs, each into a folder of its own below the one that is given."""

import sys
from pathlib import Path

from aws_cdk import App, Duration, Stack
from liveheartrate_constructs import AlertProps, ArchiveLayout, HeartRatePipeline

folder = Path(sys.argv[1])

app = App(outdir=str(folder / "one-line"))
HeartRatePipeline(Stack(app, "Stack"), "HeartRate")
app.synth()

app = App(outdir=str(folder / "everything"))
HeartRatePipeline(
    Stack(app, "Stack"),
    "HeartRate",
    wearers=2_000,
    alert=AlertProps(above=170, email="coach@example.org", window=Duration.minutes(5)),
    alarm_email="operator@example.org",
    retention=Duration.days(30),
    layout=ArchiveLayout.SESSION,
    time_zone="Europe/Berlin",
    zones=[100, 120, 140],
)
app.synth()
