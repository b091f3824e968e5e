import { connect } from 'liveheartrate';
import { simulatedCentral } from 'liveheartrate/simulator';
import { webBluetoothCentral } from 'liveheartrate/web-bluetooth';

const [button, output, line, status] = ['button', 'output', 'polyline', '[role=status]'].map((selector) =>
  document.querySelector(selector),
);
const simulate = new URLSearchParams(location.search).has('simulate');
const rates = [];

// A browser lets a person choose the sensor, and only after a click.
button.addEventListener('click', () => {
  button.disabled = true;
  const sensor = connect(simulate ? simulatedCentral() : webBluetoothCentral());

  sensor.status$.subscribe(({ state, reason }) => {
    status.textContent = reason;
    // A rate that is not live is none of now.
    if (state !== 'live') output.textContent = '–';
    button.disabled = state !== 'ended';
  });
  sensor.samples$.subscribe({
    next({ heartRate }) {
      output.textContent = heartRate;
      rates.push(heartRate);
      const last = rates.slice(-120);
      line.setAttribute('points', last.map((rate, at) => `${at},${220 - rate}`).join(' '));
    },
    error: ({ message }) => {
      status.textContent = message;
    },
  });
});
