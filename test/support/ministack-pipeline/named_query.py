"""AWS::Athena::NamedQuery in CloudFormation."""
import json

from ministack.services import athena
from ministack.services.cloudformation import provisioners


def create(logical_id, props, _stack_name):
    _, _, body = athena._create_named_query({"Name": logical_id, **props})
    query_id = json.loads(body)["NamedQueryId"]
    return query_id, {"NamedQueryId": query_id}


def update(_physical_id, _old_props, props, stack_name, logical_id=None):
    # Each of its properties asks for another one; the first is deleted once that is there.
    return create(logical_id, props, stack_name)


def delete(physical_id, _props):
    athena._delete_named_query({"NamedQueryId": physical_id})


def install():
    provisioners._RESOURCE_HANDLERS["AWS::Athena::NamedQuery"] = {
        "create": create,
        "update": update,
        "update_with_logical_id": True,
        "delete": delete,
    }
