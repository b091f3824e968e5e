"""Makes a strap refuse requests, or leave them unanswered, as a broken or a busy one does."""

from __future__ import annotations

from bumble import att
from bumble.gatt import GATT_CLIENT_CHARACTERISTIC_CONFIGURATION_DESCRIPTOR as CONFIGURATION
from bumble.gatt_server import Server


class Refusals:
    def __init__(self, server: Server) -> None:
        self.server = server
        self.answer = server.on_gatt_pdu
        self.refused: dict[str, int] = {}
        self.ignored: dict[str, int] = {}
        server.on_gatt_pdu = self.on_request

    def on_request(self, bearer: att.Bearer, request: att.ATT_PDU) -> None:
        kind = self.kind(request)
        if self.takes(self.ignored, kind):
            return
        if not self.takes(self.refused, kind):
            self.answer(bearer, request)
            return
        self.server.send_response(bearer, att.ATT_Error_Response(
            request_opcode_in_error=request.op_code,
            attribute_handle_in_error=getattr(request, 'attribute_handle', 0),
            error_code=att.ATT_UNLIKELY_ERROR_ERROR))

    @staticmethod
    def takes(counts: dict[str, int], kind: str | None) -> bool:
        left = counts.get(kind, 0)
        if left:
            counts[kind] = left - 1
        return left > 0

    def kind(self, request: att.ATT_PDU) -> str | None:
        match request.op_code:
            case att.Opcode.ATT_READ_REQUEST | att.Opcode.ATT_READ_BLOB_REQUEST:
                return 'read'
            case att.Opcode.ATT_WRITE_REQUEST:
                attribute = self.server.get_attribute(request.attribute_handle)
                return 'subscribe' if attribute and attribute.type == CONFIGURATION else 'write'
            case att.Opcode.ATT_READ_BY_GROUP_TYPE_REQUEST:
                return 'discover'
