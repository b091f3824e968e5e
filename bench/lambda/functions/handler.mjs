// A whole function.
export { handler } from 'liveheartrate/lambda';
