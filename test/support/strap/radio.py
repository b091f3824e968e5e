"""The radio between the straps and the program under test: bumble's virtual link and controllers, with
the behaviour of real ones where bumble's own differs."""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass, field

from bumble import hci, ll
from bumble.controller import Connection, Controller
from bumble.link import LocalLink

RSSI_UNKNOWN = 127
ATT_CID, NOTIFICATION = 0x04, 0x1B
SUPERVISION_TIMEOUT = hci.HCI_ErrorCode.CONNECTION_TIMEOUT_ERROR


@dataclass
class Signal:
    """What a central hears of one strap, beside its advertising data."""

    rssi: int
    connectable: bool
    scan_response: bytes
    notified: list[tuple[int, bytes, float]] = field(default_factory=list)
    """Every notification that has reached an adapter: handle, value, and when (epoch milliseconds)."""

    def on_data(self, data: bytes) -> None:
        if data[2] == ATT_CID and data[4] == NOTIFICATION:
            self.notified.append((data[5] | data[6] << 8, data[7:], time.time() * 1000))


class Radio(LocalLink):
    """One room: every strap and every adapter in it hear each other."""

    def __init__(self) -> None:
        super().__init__()
        self.signals: dict[hci.Address, Signal] = {}

    def send_acl_data(self, sender_controller, destination_address, transport, data) -> None:
        """Names the sender by the address of the connection; bumble always takes the random address."""
        connection = sender_controller.le_connections.get(destination_address)
        receiver = self.find_le_controller(destination_address)
        if connection and receiver:
            loop = asyncio.get_running_loop()
            loop.call_soon(receiver.on_link_acl_data, connection.self_address, transport, data)

    def send_advertising_pdu(self, sender_controller, packet) -> None:
        """Lets a strap hear at once that it is connected to. With bumble it may have stopped advertising until then,
        and only the adapter knows of a link."""
        if not isinstance(packet, ll.ConnectInd):
            super().send_advertising_pdu(sender_controller, packet)
            return
        for controller in list(self.controllers):
            if controller is not sender_controller:
                controller.on_ll_advertising_pdu(packet)

    def advertises(self, address: hci.Address) -> bool:
        """Whether it still does: what it has sent may be on its way."""
        return any(advertising.enabled and advertising.address == address
                   for controller in self.controllers for advertising in controller.advertising_sets.values())

    def lose(self, address: hci.Address) -> None:
        """Both ends of the strap's connection notice a supervision timeout."""
        for controller in list(self.controllers):
            for connection in list(controller.le_connections.values()):
                if address in (connection.self_address, connection.peer_address):
                    controller.on_le_disconnected(connection, SUPERVISION_TIMEOUT)


def legacy_report(kind: str, address: hci.Address, data: bytes, rssi: int) -> hci.HCI_Packet:
    event = hci.HCI_LE_Advertising_Report_Event
    return event([event.Report(
        event_type=event.EventType[kind], address_type=address.address_type, address=address, data=data,
        rssi=rssi)])


def extended_report(kind: str, address: hci.Address, data: bytes, rssi: int) -> hci.HCI_Packet:
    event = hci.HCI_LE_Extended_Advertising_Report_Event
    # The straps send legacy advertisements; this is how a Bluetooth 5 adapter reports those.
    event_type = {'ADV_IND': 0b10011, 'SCAN_RSP': 0b11011, 'ADV_NONCONN_IND': 0b10000}[kind]
    return event([event.Report(
        event_type=event_type, address_type=address.address_type, address=address, data=data, rssi=rssi,
        primary_phy=hci.Phy.LE_1M, secondary_phy=0, advertising_sid=event.NO_ADI_FIELD_PROVIDED,
        tx_power=event.TX_POWER_INFORMATION_NOT_AVAILABLE, periodic_advertising_interval=0,
        direct_address_type=0, direct_address=hci.Address.ANY)])


class AdapterController(Controller):
    """The Bluetooth adapter of the program under test."""

    def __init__(self, number: int, radio: Radio, extended: bool, fragment: int) -> None:
        address = f'F0:F0:F0:F0:{number >> 8:02X}:{number & 0xFF:02X}'
        super().__init__(f'adapter-{number}', link=radio, public_address=address)
        self.radio = radio
        self.fragment = fragment
        self.scans_extended = False
        if not extended:
            self.le_features &= ~hci.LeFeatureMask.LE_EXTENDED_ADVERTISING

    def on_hci_le_set_scan_enable_command(self, command):
        self.scans_extended = False
        return super().on_hci_le_set_scan_enable_command(command)

    def on_hci_le_set_extended_scan_enable_command(self, command):
        self.scans_extended = True
        return super().on_hci_le_set_extended_scan_enable_command(command)

    def on_advertising_pdu(self, pdu: ll.AdvInd | ll.AdvExtInd) -> None:
        scanning, self.le_scan_enable = self.le_scan_enable, False
        super().on_advertising_pdu(pdu)  # connects, where the program waits for this strap
        self.le_scan_enable = scanning
        if scanning:
            self.report(pdu)

    def report(self, pdu: ll.AdvInd | ll.AdvExtInd) -> None:
        """Reports as a real adapter does. bumble takes one signal strength for all, repeats the advertisement as
        the scan response, calls all connectable, and chooses the form of the report by what the adapter could do
        instead of by what it was asked for."""
        signal = self.radio.signals[pdu.advertiser_address]
        form = extended_report if self.scans_extended else legacy_report
        if signal.connectable:
            self.send_hci_packet(form('ADV_IND', pdu.advertiser_address, pdu.data, signal.rssi))
            self.send_hci_packet(form('SCAN_RSP', pdu.advertiser_address, signal.scan_response, signal.rssi))
        else:
            self.send_hci_packet(form('ADV_NONCONN_IND', pdu.advertiser_address, pdu.data, signal.rssi))

    def create_le_connection(self, peer_address: hci.Address) -> None:
        if self.radio.signals[peer_address].connectable and self.radio.advertises(peer_address):
            super().create_le_connection(peer_address)

    def on_hci_le_create_connection_cancel_command(self, _command):
        """bumble answers, but neither forgets the attempt nor reports its end."""
        pending, self.pending_le_connection = self.pending_le_connection, None
        if pending is None:
            return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.COMMAND_DISALLOWED_ERROR)
        cancelled = hci.HCI_LE_Connection_Complete_Event(
            status=hci.HCI_ErrorCode.UNKNOWN_CONNECTION_IDENTIFIER_ERROR, connection_handle=0,
            role=hci.Role.CENTRAL, peer_address_type=pending.peer_address.address_type,
            peer_address=pending.peer_address, connection_interval=0, peripheral_latency=0,
            supervision_timeout=0, central_clock_accuracy=0)
        # After the reply to the command itself, as a real controller does.
        asyncio.get_running_loop().call_soon(self.send_hci_packet, cancelled)
        return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.SUCCESS)

    def on_hci_read_rssi_command(self, command):
        connection = self.find_le_connection_by_handle(command.handle)
        rssi = self.radio.signals[connection.peer_address].rssi if connection else RSSI_UNKNOWN
        return hci.HCI_Read_RSSI_ReturnParameters(
            status=hci.HCI_ErrorCode.SUCCESS, handle=command.handle, rssi=rssi)

    def on_link_acl_data(self, sender_address, transport, data) -> None:
        connection: Connection | None = self.le_connections.get(sender_address)
        if connection:
            self.radio.signals[sender_address].on_data(data)
        if not self.fragment or connection is None:
            super().on_link_acl_data(sender_address, transport, data)
            return
        for start in range(0, len(data), self.fragment):
            piece = data[start:start + self.fragment]
            boundary = 2 if start == 0 else 1
            self.send_hci_packet(hci.HCI_AclDataPacket(connection.handle, boundary, 0, len(piece), piece))

    def unplug(self) -> None:
        for connection in list(self.le_connections.values()):
            with contextlib.suppress(Exception):
                connection.send_ll_control_pdu(ll.TerminateInd(SUPERVISION_TIMEOUT))
        self.le_connections.clear()
        self.host = None
        self.radio.remove_controller(self)
