"""The D-Bus interfaces of BlueZ, as much of them as Chromium uses (bluez.git, doc/org.bluez.*.rst)."""

from collections.abc import Callable

from dbus_fast import DBusError, PropertyAccess
from dbus_fast.service import ServiceInterface, dbus_property, method

ADAPTER = '/org/bluez/hci0'


def shown(name: str, signature: str, get: Callable):
    """A property that can be read only."""

    def getter(self):
        return get(self)

    getter.__name__ = name
    getter.__annotations__ = {'return': signature}
    return dbus_property(access=PropertyAccess.READ)(getter)


def failed(reason: str) -> DBusError:
    return DBusError('org.bluez.Error.Failed', reason)


class AgentManager(ServiceInterface):
    def __init__(self) -> None:
        super().__init__('org.bluez.AgentManager1')

    @method()
    def RegisterAgent(self, agent: 'o', capability: 's'):
        pass

    @method()
    def UnregisterAgent(self, agent: 'o'):
        pass

    @method()
    def RequestDefaultAgent(self, agent: 'o'):
        pass


class Adapter(ServiceInterface):
    """An adapter that is always on."""

    def __init__(self, on_discovering: Callable[[bool], None]) -> None:
        super().__init__('org.bluez.Adapter1')
        self.on_discovering = on_discovering
        self.discovering = False

    def discover(self, discovering: bool) -> None:
        self.discovering = discovering
        self.emit_properties_changed({'Discovering': discovering})
        self.on_discovering(discovering)

    @method()
    def StartDiscovery(self):
        self.discover(True)

    @method()
    def StopDiscovery(self):
        self.discover(False)

    @method()
    def SetDiscoveryFilter(self, wanted: 'a{sv}'):
        pass

    @method()
    def RemoveDevice(self, device: 'o'):
        pass

    Address = shown('Address', 's', lambda self: 'F0:F0:F0:F0:00:01')
    AddressType = shown('AddressType', 's', lambda self: 'public')
    Name = shown('Name', 's', lambda self: 'Virtual adapter')
    Alias = shown('Alias', 's', lambda self: 'Virtual adapter')
    Powered = shown('Powered', 'b', lambda self: True)
    Discoverable = shown('Discoverable', 'b', lambda self: False)
    Pairable = shown('Pairable', 'b', lambda self: False)
    Discovering = shown('Discovering', 'b', lambda self: self.discovering)
    UUIDs = shown('UUIDs', 'as', lambda self: [])
    Roles = shown('Roles', 'as', lambda self: ['central'])


class Device(ServiceInterface):
    """What BlueZ knows of a strap; what happens to its link is up to the strap."""

    def __init__(self, strap) -> None:
        super().__init__('org.bluez.Device1')
        self.strap = strap
        self.connected = False
        self.resolved = False
        self.rssi = strap.rssi

    def change(self, **values) -> None:
        for name, value in values.items():
            setattr(self, name, value)
        names = {'connected': 'Connected', 'resolved': 'ServicesResolved', 'rssi': 'RSSI'}
        self.emit_properties_changed({names[name]: value for name, value in values.items()})

    @method()
    async def Connect(self):
        await self.strap.connect()

    @method()
    async def Disconnect(self):
        await self.strap.disconnect('central')

    @method()
    def CancelPairing(self):
        pass

    Address = shown('Address', 's', lambda self: self.strap.address)
    AddressType = shown('AddressType', 's', lambda self: 'random')
    Name = shown('Name', 's', lambda self: self.strap.name)
    Alias = shown('Alias', 's', lambda self: self.strap.name)
    Paired = shown('Paired', 'b', lambda self: False)
    Trusted = shown('Trusted', 'b', lambda self: False)
    Blocked = shown('Blocked', 'b', lambda self: False)
    LegacyPairing = shown('LegacyPairing', 'b', lambda self: False)
    Connected = shown('Connected', 'b', lambda self: self.connected)
    ServicesResolved = shown('ServicesResolved', 'b', lambda self: self.resolved)
    RSSI = shown('RSSI', 'n', lambda self: self.rssi)
    UUIDs = shown('UUIDs', 'as', lambda self: self.strap.advertised)
    Adapter = shown('Adapter', 'o', lambda self: ADAPTER)


class Service(ServiceInterface):
    def __init__(self, uuid: str, device: str) -> None:
        super().__init__('org.bluez.GattService1')
        self.uuid, self.device = uuid, device

    UUID = shown('UUID', 's', lambda self: self.uuid)
    Device = shown('Device', 'o', lambda self: self.device)
    Primary = shown('Primary', 'b', lambda self: True)
    Includes = shown('Includes', 'ao', lambda self: [])


class Characteristic(ServiceInterface):
    """What becomes of an operation is up to the strap."""

    def __init__(self, uuid: str, service: str, flags: list[str], value: bytes, strap) -> None:
        super().__init__('org.bluez.GattCharacteristic1')
        self.uuid, self.service, self.flags, self.value = uuid, service, flags, value
        self.strap = strap
        self.notifying = False

    def notify(self, value: bytes) -> None:
        self.value = value
        if self.notifying:
            self.emit_properties_changed({'Value': value})

    def set_notifying(self, notifying: bool) -> None:
        if self.notifying != notifying:
            self.notifying = notifying
            self.emit_properties_changed({'Notifying': notifying})
            self.strap.emit('notifying', sensor=self.strap.number, uuid=self.uuid[4:8], on=notifying)

    @method()
    async def ReadValue(self, options: 'a{sv}') -> 'ay':
        await self.strap.operate('read', self)
        return self.value

    @method()
    async def WriteValue(self, value: 'ay', options: 'a{sv}'):
        await self.strap.operate('write', self, bytes(value))

    @method()
    async def StartNotify(self):
        await self.strap.operate('notify', self)
        self.set_notifying(True)

    @method()
    async def StopNotify(self):
        await self.strap.operate('silence', self)
        self.set_notifying(False)

    UUID = shown('UUID', 's', lambda self: self.uuid)
    Service = shown('Service', 'o', lambda self: self.service)
    Value = shown('Value', 'ay', lambda self: self.value)
    Notifying = shown('Notifying', 'b', lambda self: self.notifying)
    Flags = shown('Flags', 'as', lambda self: self.flags)


class Descriptor(ServiceInterface):
    """The Client Characteristic Configuration, without which Chromium takes a characteristic for one that cannot notify."""

    def __init__(self, characteristic: str) -> None:
        super().__init__('org.bluez.GattDescriptor1')
        self.characteristic = characteristic

    UUID = shown('UUID', 's', lambda self: '00002902-0000-1000-8000-00805f9b34fb')
    Characteristic = shown('Characteristic', 'o', lambda self: self.characteristic)
    Value = shown('Value', 'ay', lambda self: b'\0\0')
