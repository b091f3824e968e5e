"""Serves Bluetooth adapters to the programs under test: HCI (H4) over TCP on loopback."""

from __future__ import annotations

import asyncio

from bumble.transport.common import PacketParser

from radio import AdapterController, Radio


class Adapters:
    """Each connection gets an adapter of its own."""

    def __init__(self, radio: Radio, extended: bool, fragment: int) -> None:
        self.radio, self.extended, self.fragment = radio, extended, fragment
        self.port = 0
        self.count = 0
        self.server: asyncio.Server | None = None
        self.transports: set[asyncio.Transport] = set()

    async def plug_in(self) -> None:
        if self.server is None:
            loop = asyncio.get_running_loop()
            self.server = await loop.create_server(lambda: HostConnection(self), '127.0.0.1', self.port)
            self.port = self.server.sockets[0].getsockname()[1]

    def unplug(self) -> None:
        if self.server is not None:
            self.server.close()
            self.server = None
        for transport in list(self.transports):
            transport.abort()


class HostConnection(asyncio.Protocol):
    def __init__(self, adapters: Adapters) -> None:
        self.adapters = adapters

    def connection_made(self, transport) -> None:
        self.transport = transport
        adapters = self.adapters
        adapters.transports.add(transport)
        adapters.count += 1
        self.controller = AdapterController(adapters.count, adapters.radio, adapters.extended, adapters.fragment)
        self.controller.host = self
        self.parser = PacketParser(self.controller)

    def on_packet(self, packet: bytes) -> None:
        self.transport.write(packet)

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def connection_lost(self, _error) -> None:
        self.adapters.transports.discard(self.transport)
        self.controller.unplug()
