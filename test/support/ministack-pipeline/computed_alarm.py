"""Alarms in CloudFormation that are computed from several metrics: of these, the first is watched."""
from ministack.services.cloudformation import provisioners


def install():
    record = provisioners._cw_metric_alarm_record

    def record_of_one(name, props):
        stats = [metric["MetricStat"] for metric in props.get("Metrics") or [] if "MetricStat" in metric]
        if not stats:
            return record(name, props)
        others = {key: value for key, value in props.items() if key != "Metrics"}
        return record(name, {**others, **stats[0]["Metric"], "Statistic": stats[0]["Stat"], "Period": stats[0]["Period"]})

    provisioners._cw_metric_alarm_record = record_of_one
