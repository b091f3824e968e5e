"""A D-Bus of its own for BlueZ and Chromium: a daemon at a socket in a temporary folder, no TCP."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import socket
import subprocess
import tempfile
import time

from dbus_fast import Message, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface

START_S = 50
PR_SET_PDEATHSIG = 1
CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>{address}</listen>
  <policy context="default">
    <allow user="*"/> <allow own="*"/> <allow send_destination="*"/> <allow receive_sender="*"/>
  </policy>
</busconfig>
"""


class Daemon:
    """The message bus; it ends with this process, however that ends."""

    def __init__(self, program: str) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix='liveheartrate-bus-')
        self.socket = os.path.join(self.folder.name, 'bus')
        self.address = f'unix:path={self.socket}'
        config = os.path.join(self.folder.name, 'bus.conf')
        with open(config, 'w') as file:
            file.write(CONFIG.format(address=self.address))
        libc = ctypes.CDLL(None)
        self.process = subprocess.Popen(
            [program, f'--config-file={config}', '--nofork', '--nopidfile', '--nosyslog'],
            preexec_fn=lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL))

    async def started(self) -> None:
        deadline = time.monotonic() + START_S
        while not self.listens():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f'dbus-daemon did not start (exit code {self.process.poll()})')
            await asyncio.sleep(0.01)

    def listens(self) -> bool:
        """Whether it can be connected to: its socket is there a moment before."""
        with socket.socket(socket.AF_UNIX) as attempt:
            return attempt.connect_ex(self.socket) == 0

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self.folder.cleanup()


class Objects:
    """The objects of BlueZ, and the news of them as BlueZ itself spreads it: from its root object."""

    def __init__(self, bus: MessageBus) -> None:
        self.bus = bus
        self.central = ''
        bus.add_message_handler(self.hear)

    def hear(self, message: Message) -> None:
        """Who connects is the one whose name the news has to reach."""
        if message.member == 'Connect':
            self.central = message.sender

    def add(self, path: str, interface: ServiceInterface) -> None:
        self.bus.export(path, interface)
        properties = {
            each.name: Variant(each.signature, each.prop_getter(interface))
            for each in ServiceInterface._get_properties(interface)
        }
        self.tell('InterfacesAdded', 'oa{sa{sv}}', [path, {interface.name: properties}])

    def remove(self, path: str, interface: ServiceInterface) -> None:
        self.bus.unexport(path, interface)
        self.tell('InterfacesRemoved', 'oas', [path, [interface.name]])

    def tell(self, signal_name: str, signature: str, body: list) -> None:
        manager = 'org.freedesktop.DBus.ObjectManager'
        self.bus.send(Message.new_signal('/', manager, signal_name, signature, body))

    async def arrived(self) -> None:
        """Until the central has got all that was told so far: it answers in turn."""
        peer = 'org.freedesktop.DBus.Peer'
        await self.bus.call(Message(destination=self.central, path='/', interface=peer, member='Ping'))
