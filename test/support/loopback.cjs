// Loaded before a server that would listen on every interface, and has no option for less.
const { Server } = require('node:net');

const { listen } = Server.prototype;

/**
 * @this {import('node:net').Server}
 * @param {unknown[]} words
 */
function listenOnLoopback(...words) {
  const [first, ...rest] = words;
  if (typeof first === 'number')
    return Reflect.apply(listen, this, [
      first,
      '127.0.0.1',
      ...rest.filter((word) => typeof word === 'function'),
    ]);
  if (typeof first === 'object' && first !== null && 'port' in first)
    return Reflect.apply(listen, this, [{ ...first, host: '127.0.0.1' }, ...rest]);
  return Reflect.apply(listen, this, words);
}

Server.prototype.listen = listenOnLoopback;
