"""Virtual heart-rate straps and a Bluetooth adapter that hears them, for tests without hardware.

Commands come as JSON lines on stdin ({"command": "notify", "sensor": 1, "hex": "0048"}), events go as JSON
lines to stdout. It ends with the command "quit" or when stdin closes, so it never outlives its parent.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys

from adapters import Adapters
from radio import Radio
from sensor import Sensor, Traits


def emit(event: str, **details: object) -> None:
    print(json.dumps({'event': event, **details}), flush=True)


class Rig:
    def __init__(self, options: argparse.Namespace) -> None:
        self.radio = Radio()
        self.adapters = Adapters(self.radio, options.extended, options.fragment)
        self.sensors = [
            Sensor(number, self.radio, Traits(
                advertising_ms=options.adv_ms,
                connectable=number not in options.not_connectable,
                heart_rate=number not in options.no_heart_rate,
                name_in_scan_response=options.name_in_scan_response), emit)
            for number in range(1, options.sensors + 1)
        ]
        self.playing: set[asyncio.Task] = set()

    async def start(self) -> None:
        for sensor in self.sensors:
            await sensor.device.power_on()
            await sensor.advertise()
        await self.adapters.plug_in()
        emit('ready', port=self.adapters.port, sensors=[
            {'sensor': s.number, 'name': s.name, 'address': s.address.to_string(False).lower()}
            for s in self.sensors])

    async def obey(self, message: dict) -> None:
        sensor = self.sensors[message.get('sensor', 1) - 1]
        match message['command']:
            case 'notify':
                await sensor.notify(bytes.fromhex(message['hex']))
            case 'play':
                packets = [bytes.fromhex(packet) for packet in message['packets']]
                self.in_background(sensor.play(packets, message['rate']))
            case 'battery':
                await sensor.set_battery(message['level'])
            case 'heard':
                sensor.tell_heard()
            case 'refuse':
                sensor.refusals.refused[message['request']] = message['times']
            case 'ignore':
                sensor.refusals.ignored[message['request']] = message['times']
            case 'change_address':
                await sensor.change_address()
            case 'disconnect':
                if sensor.connection:
                    await sensor.connection.disconnect()
            case 'linkloss':
                self.radio.lose(sensor.address)
            case 'adv_off':
                await sensor.device.stop_advertising()
            case 'adv_on':
                await sensor.advertise()
            case 'adapter_off':
                self.adapters.unplug()
            case 'adapter_on':
                await self.adapters.plug_in()
            case unknown:
                raise ValueError(f'unknown command {unknown!r}')

    def in_background(self, work) -> None:
        async def reported() -> None:
            try:
                await work
            except Exception as error:
                emit('error', message=f'{type(error).__name__}: {error}')

        task = asyncio.create_task(reported())
        self.playing.add(task)
        task.add_done_callback(self.playing.discard)


async def main(options: argparse.Namespace) -> None:
    rig = Rig(options)
    await rig.start()
    commands = asyncio.StreamReader(limit=64 * 1024 * 1024)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    while line := await commands.readline():
        try:
            message = json.loads(line)
            if message['command'] == 'quit':
                break
            await rig.obey(message)
        except Exception as error:
            emit('error', message=f'{type(error).__name__}: {error}')
    rig.adapters.unplug()


if __name__ == '__main__':
    numbers = {'type': int, 'nargs': '*', 'default': [], 'metavar': 'SENSOR'}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--sensors', type=int, default=1)
    parser.add_argument('--adv-ms', type=float, default=50, help='advertising interval')
    parser.add_argument('--extended', action='store_true', help='an adapter with extended advertising')
    parser.add_argument('--fragment', type=int, default=0, help='cut ACL data into pieces of so many bytes')
    parser.add_argument('--name-in-scan-response', action='store_true')
    parser.add_argument('--not-connectable', **numbers)
    parser.add_argument('--no-heart-rate', help='straps without the Heart Rate service', **numbers)
    logging.basicConfig(level='CRITICAL', stream=sys.stderr)
    asyncio.run(main(parser.parse_args()))
