"""The Bluetooth service of Linux (org.bluez) with one adapter and virtual straps, for a Chromium without hardware.

Commands come as JSON lines on stdin ({"command": "notify", "sensor": 1, "hex": "0048"}), events go as JSON
lines to stdout. It ends with the command "quit" or when stdin closes, so it never outlives its parent.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import Coroutine

from bus import Daemon, Objects
from dbus_fast.aio import MessageBus
from interfaces import ADAPTER, Adapter, AgentManager
from strap import Strap

ADVERTISING_S = 0.1


def emit(event: str, **details: object) -> None:
    print(json.dumps({'event': event, **details}), flush=True)


class Rig:
    def __init__(self, bus: MessageBus, sensors: int, adapter: bool) -> None:
        self.bus, self.adapter = bus, adapter
        objects = Objects(bus)
        self.straps = [Strap(number, objects, emit) for number in range(1, sensors + 1)]
        self.advertising: asyncio.Task | None = None
        self.under_way: set[asyncio.Task] = set()

    async def start(self) -> None:
        self.bus.export('/org/bluez', AgentManager())
        if self.adapter:
            self.bus.export(ADAPTER, Adapter(self.on_discovering))
        await self.bus.request_name('org.bluez')

    def on_discovering(self, discovering: bool) -> None:
        if self.advertising:
            self.advertising.cancel()
        self.advertising = asyncio.create_task(self.advertise()) if discovering else None

    async def advertise(self) -> None:
        while True:
            await asyncio.sleep(ADVERTISING_S)
            for strap in self.straps:
                if not strap.device.connected:
                    strap.advertise()

    def begin(self, work: Coroutine) -> None:
        task = asyncio.create_task(work)
        self.under_way.add(task)
        task.add_done_callback(self.under_way.discard)

    def obey(self, message: dict) -> None:
        strap = self.straps[message['sensor'] - 1]
        match message['command']:
            case 'notify':
                strap.characteristics[message['uuid']].notify(bytes.fromhex(message['hex']))
            case 'play':
                packets = [bytes.fromhex(packet) for packet in message['packets']]
                self.begin(strap.play(packets, message['rate']))
            case 'disconnect':
                self.begin(strap.disconnect('strap'))
            case 'connections':
                strap.refusing = message['how'] == 'refuse'
                strap.resolving = message['how'] != 'leave unresolved'
                (strap.accepting.clear if message['how'] == 'hold' else strap.accepting.set)()
            case 'fault':
                strap.faults[message['operation'], message['uuid']] = message['how']
            case unknown:
                raise ValueError(f'unknown command {unknown!r}')


async def main(options: argparse.Namespace) -> None:
    loop = asyncio.get_running_loop()
    task = asyncio.current_task()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, task.cancel)
    daemon = Daemon(options.dbus_daemon)
    bus = None
    try:
        await daemon.started()
        bus = await MessageBus(bus_address=daemon.address).connect()
        rig = Rig(bus, options.sensors, not options.no_adapter)
        await rig.start()
        emit('ready', address=daemon.address)
        commands = asyncio.StreamReader(limit=64 * 1024 * 1024)
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
        while line := await commands.readline():
            message = json.loads(line)
            if message['command'] == 'quit':
                break
            try:
                rig.obey(message)
            except Exception as error:
                emit('error', message=f'{type(error).__name__}: {error}')
    except asyncio.CancelledError:
        pass
    finally:
        if bus:
            bus.disconnect()
            await asyncio.wait([asyncio.ensure_future(bus.wait_for_disconnect())], timeout=1)
        daemon.stop()


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--sensors', type=int, default=1)
    parser.add_argument('--no-adapter', action='store_true')
    parser.add_argument('--dbus-daemon', default='dbus-daemon')
    asyncio.run(main(parser.parse_args()))
