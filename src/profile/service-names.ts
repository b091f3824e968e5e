/** The names of the services (Bluetooth SIG, Assigned Numbers, section 3.4.2), by the number of the first of each run. */
// biome-ignore format: one name a line would be 66 lines.
export const serviceNames: Readonly<Record<number, readonly string[]>> = {
  6144: [
    'Generic Access', 'Generic Attribute', 'Immediate Alert', 'Link Loss', 'Tx Power', 'Current Time',
    'Reference Time Update', 'Next DST Change', 'Glucose', 'Health Thermometer', 'Device Information',
  ],
  6157: [
    'Heart Rate', 'Phone Alert Status', 'Battery', 'Blood Pressure', 'Alert Notification',
    'Human Interface Device', 'Scan Parameters', 'Running Speed and Cadence', 'Automation IO',
    'Cycling Speed and Cadence',
  ],
  6168: [
    'Cycling Power', 'Location and Navigation', 'Environmental Sensing', 'Body Composition', 'User Data',
    'Weight Scale', 'Bond Management', 'Continuous Glucose Monitoring', 'Internet Protocol Support',
    'Indoor Positioning', 'Pulse Oximeter', 'HTTP Proxy', 'Transport Discovery', 'Object Transfer',
    'Fitness Machine', 'Mesh Provisioning', 'Mesh Proxy', 'Reconnection Configuration',
  ],
  6202: ['Insulin Delivery', 'Binary Sensor', 'Emergency Configuration'],
  6206: ['Physical Activity Monitor'],
  6211: [
    'Audio Input Control', 'Volume Control', 'Volume Offset Control', 'Coordinated Set Identification',
    'Device Time', 'Media Control', 'Generic Media Control', 'Constant Tone Extension', 'Telephone Bearer',
    'Generic Telephone Bearer', 'Microphone Control', 'Audio Stream Control', 'Broadcast Audio Scan',
    'Published Audio Capabilities', 'Basic Audio Announcement', 'Broadcast Audio Announcement',
    'Common Audio', 'Hearing Access', 'Telephony and Media Audio', 'Public Broadcast Announcement',
    'Electronic Shelf Label', 'Gaming Audio', 'Mesh Proxy Solicitation',
  ],
};
