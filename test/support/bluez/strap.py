"""One virtual heart-rate strap as BlueZ shows it, with the services that real straps offer."""

import asyncio
from collections.abc import Callable

from bus import Objects
from dbus_fast import DBusError
from interfaces import ADAPTER, Characteristic, Descriptor, Device, Service, failed

CHEST = b'\x01'
RESET_ENERGY_EXPENDED = b'\x01'
AIR_TIME_S = 0.005  # what an answer takes to come


def full(uuid: str) -> str:
    return f'0000{uuid}-0000-1000-8000-00805f9b34fb'


class Strap:
    def __init__(self, number: int, objects: Objects, emit: Callable[..., None]) -> None:
        self.number, self.objects, self.emit = number, objects, emit
        self.name = f'Virtual HRM {number}'
        self.address = f'C0:FF:EE:00:00:{number:02X}'
        self.rssi = -40 - 10 * number  # the first is the strongest
        self.advertised = [full('180d')]
        self.path = f'{ADAPTER}/dev_{self.address.replace(":", "_")}'
        self.device = Device(self)
        self.known = False
        self.accepting = asyncio.Event()
        self.accepting.set()
        self.refusing = False
        self.faults: dict[tuple[str, str], str] = {}
        self.busy = False
        self.resolving = True
        self.link_ended = asyncio.Event()
        self.characteristics: dict[str, Characteristic] = {}
        self.tree: list[tuple] = []
        self.add_service('180d', [('2a37', ['notify'], b''), ('2a38', ['read'], CHEST), ('2a39', ['write'], b'')])
        self.add_service('180f', [('2a19', ['read', 'notify'], bytes([90]))])
        self.add_service('180a', [
            ('2a29', ['read'], b'Virtual Straps'),
            ('2a24', ['read'], b'VS-1'),
            ('2a25', ['read'], b'SN-%04d' % number),
            ('2a26', ['read'], b'1.2.3'),
        ])

    def add_service(self, uuid: str, characteristics: list[tuple[str, list[str], bytes]]) -> None:
        service = f'{self.path}/service{uuid}'
        self.tree.append((service, Service(full(uuid), self.path)))
        for each, flags, value in characteristics:
            path = f'{service}/char{each}'
            self.characteristics[each] = Characteristic(full(each), service, flags, value, self)
            self.tree.append((path, self.characteristics[each]))
            if 'notify' in flags:
                self.tree.append((f'{path}/desc2902', Descriptor(path)))

    def advertise(self) -> None:
        """Heard once more, a little stronger or weaker; the first time BlueZ gets to know it."""
        if self.known:
            self.device.change(rssi=self.rssi + (self.device.rssi == self.rssi))
        else:
            self.known = True
            self.objects.add(self.path, self.device)

    async def connect(self) -> None:
        self.emit('connecting', sensor=self.number)
        await asyncio.sleep(AIR_TIME_S)
        if self.refusing:
            raise failed('le-connection-abort-by-local')
        await self.accepting.wait()
        if self.device.connected:
            return
        self.link_ended = asyncio.Event()
        self.device.change(connected=True)
        self.emit('connected', sensor=self.number)
        if not self.resolving:
            return
        for path, interface in self.tree:
            self.objects.add(path, interface)
        self.device.change(resolved=True)

    async def disconnect(self, by: str) -> None:
        # As BlueZ does it: what is under way fails first (bluez.git, src/shared/att.c, disconnect_cb).
        self.link_ended.set()
        await asyncio.sleep(AIR_TIME_S)
        if not self.device.connected:
            return
        self.busy = False
        resolved = self.device.resolved
        self.device.change(resolved=False, connected=False)
        for path, interface in reversed(self.tree if resolved else []):
            self.objects.remove(path, interface)
        for characteristic in self.characteristics.values():
            characteristic.notifying = False
        await self.objects.arrived()
        self.emit('disconnected', sensor=self.number, by=by)

    async def operate(self, operation: str, characteristic: Characteristic, value: bytes = b'') -> None:
        """Takes its time and knows one operation at once, as a real link does."""
        uuid = characteristic.uuid[4:8]
        if self.link_ended.is_set():
            raise failed('Not connected')
        if self.busy:
            raise DBusError('org.bluez.Error.InProgress', 'In Progress')
        fault = self.faults.pop((operation, uuid), None)
        self.emit('operation', sensor=self.number, operation=operation, uuid=uuid, hex=value.hex())
        if fault == 'forget':
            await asyncio.Event().wait()
        if fault == 'hang':
            await self.link_ended.wait()
            raise failed('Not connected')
        self.busy = True
        await asyncio.sleep(AIR_TIME_S)
        self.busy = False
        if fault == 'fail':
            raise failed('Operation failed with ATT error: 0x0e')
        if operation == 'write' and value != RESET_ENERGY_EXPENDED:
            raise failed('Operation failed with ATT error: 0x80')

    async def play(self, packets: list[bytes], rate: float) -> None:
        """Sends each packet at its own point in time, so that a late one does not delay those after it."""
        loop = asyncio.get_running_loop()
        start = loop.time()
        for index, packet in enumerate(packets):
            await asyncio.sleep(max(0, start + index / rate - loop.time()))
            self.characteristics['2a37'].notify(packet)
        self.emit('played', sensor=self.number, seconds=loop.time() - start)
