"""One virtual heart-rate strap: a bumble device with the services that real straps offer."""

from __future__ import annotations

import asyncio
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass

from bumble import hci
from bumble.att import ATT_Error
from bumble.controller import Controller
from bumble.core import AdvertisingData
from bumble.device import Connection, Device, DeviceConfiguration
from bumble.gatt import Characteristic, CharacteristicValue, Service
from bumble.host import Host
from bumble.transport.common import AsyncPipeSink

from radio import Radio, Signal
from refusals import Refusals

HEART_RATE = 0x180D
CHEST = 1
RESET_ENERGY_EXPENDED = b'\x01'
CONTROL_POINT_NOT_SUPPORTED = 0x80
NAME_TAKES_ALL = 24  # what flags and one service leave of the 31 bytes of an advertisement

Emit = Callable[..., None]
READ, WRITE, NOTIFY = Characteristic.Properties.READ, Characteristic.Properties.WRITE, Characteristic.Properties.NOTIFY
READABLE, WRITEABLE = Characteristic.Permissions.READABLE, Characteristic.Permissions.WRITEABLE


@dataclass
class Traits:
    advertising_ms: float = 50
    connectable: bool = True
    heart_rate: bool = True
    name_in_scan_response: bool = False


class Sensor:
    def __init__(self, number: int, radio: Radio, traits: Traits, emit: Emit) -> None:
        self.number = number
        self.name = f'Virtual HRM {number}'
        self.traits = traits
        self.emit = emit
        self.battery_level = 90
        self.connection: Connection | None = None
        self.radio = radio
        self.addresses = 0
        self.address = self.next_address()
        self.device = self.create_device(radio)
        self.refusals = Refusals(self.device.gatt_server)
        self.signal = radio.signals[self.address] = Signal(
            rssi=-40 - 10 * number,  # the first is the strongest
            connectable=traits.connectable,
            scan_response=bytes(AdvertisingData([self.local_name])) if traits.name_in_scan_response else b'')

    def next_address(self) -> hci.Address:
        self.addresses += 1
        # The two highest bits mark it random static.
        return hci.Address(f'C0:FF:EE:00:{self.addresses - 1:02X}:{self.number:02X}')

    @property
    def local_name(self) -> tuple[int, bytes]:
        return (AdvertisingData.COMPLETE_LOCAL_NAME, self.name.encode()[:NAME_TAKES_ALL])

    def create_device(self, radio: Radio) -> Device:
        controller = Controller(f'strap-{self.number}', link=radio, public_address=f'02:00:00:00:00:{self.number:02X}')
        config = DeviceConfiguration(name=self.name, address=self.address)
        device = Device(config=config, host=Host(controller, AsyncPipeSink(controller)))
        device.on('connection', self.on_connection)
        self.measurement = Characteristic('2A37', NOTIFY, Characteristic.Permissions(0), b'')
        self.measurement.on('subscription', self.on_subscription)
        self.battery = Characteristic(
            '2A19', READ | NOTIFY, READABLE, CharacteristicValue(read=lambda _: bytes([self.battery_level])))
        if self.traits.heart_rate:
            device.add_service(Service('180D', [
                self.measurement,
                Characteristic('2A38', READ, READABLE, bytes([CHEST])),
                Characteristic('2A39', WRITE, WRITEABLE, CharacteristicValue(write=self.on_control_point)),
            ]))
        device.add_services([
            Service('180F', [self.battery]),
            Service('180A', [
                Characteristic('2A29', READ, READABLE, b'Virtual Straps'),
                Characteristic('2A24', READ, READABLE, b'VS-1'),
                Characteristic('2A25', READ, READABLE, b'SN-%04d' % self.number),
                Characteristic('2A26', READ, READABLE, b'1.2.3'),
            ]),
        ])
        return device

    async def advertise(self) -> None:
        fields = [(AdvertisingData.FLAGS, b'\x06')]
        if self.traits.heart_rate:
            services = AdvertisingData.COMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS
            fields.append((services, struct.pack('<H', HEART_RATE)))
        if not self.traits.name_in_scan_response:
            fields.append(self.local_name)
        await self.device.start_advertising(
            auto_restart=True,
            advertising_interval_min=self.traits.advertising_ms,
            advertising_interval_max=self.traits.advertising_ms,
            advertising_data=bytes(AdvertisingData(fields)))

    async def change_address(self) -> None:
        """Goes out of range, and comes back as if its battery had been changed."""
        # First, for otherwise it is heard, and connected to, once more before the change.
        await self.device.stop_advertising()
        self.radio.lose(self.address)
        while self.connection:
            await asyncio.sleep(0.01)
        self.address = self.next_address()
        self.radio.signals[self.address] = self.signal
        self.device.random_address = self.address
        await self.device.host.send_sync_command(hci.HCI_LE_Set_Random_Address_Command(random_address=self.address))
        await self.advertise()
        self.emit('address', sensor=self.number, address=self.address.to_string(False).lower())

    async def notify(self, packet: bytes) -> None:
        await self.device.notify_subscribers(self.measurement, packet)

    async def play(self, packets: list[bytes], rate: float) -> None:
        """Sends each packet at its own point in time, so that a late one does not delay those after it."""
        loop = asyncio.get_running_loop()
        start = loop.time()
        sent_at = []
        for index, packet in enumerate(packets):
            await asyncio.sleep(max(0, start + index / rate - loop.time()))
            sent_at.append(time.time() * 1000)
            await self.notify(packet)
        self.emit('played', sensor=self.number, sentAt=sent_at)

    def tell_heard(self) -> None:
        handle = self.measurement.handle
        heard = [{'hex': value.hex(), 'at': at} for to, value, at in self.signal.notified if to == handle]
        self.emit('heard', sensor=self.number, packets=heard)

    async def set_battery(self, level: int) -> None:
        self.battery_level = level
        await self.device.notify_subscribers(self.battery, bytes([level]))

    def on_connection(self, connection: Connection) -> None:
        self.connection = connection
        # bumble keeps the subscription of a link that is lost while it subscribes, and sends it to the next one.
        self.device.gatt_server.subscribers.clear()
        connection.on('disconnection', self.on_disconnection)
        self.emit('connected', sensor=self.number, peer=str(connection.peer_address))

    def on_disconnection(self, reason: int) -> None:
        self.connection = None
        self.emit('disconnected', sensor=self.number, reason=reason)

    def on_subscription(self, _connection, notify: bool, _indicate: bool) -> None:
        self.emit('subscription', sensor=self.number, notify=notify)

    def on_control_point(self, _connection, value: bytes) -> None:
        self.emit('control_point', sensor=self.number, hex=value.hex())
        if value != RESET_ENERGY_EXPENDED:
            raise ATT_Error(CONTROL_POINT_NOT_SUPPORTED)
