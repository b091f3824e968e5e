/** What a call is refused with, as AWS words it. */
export class Refusal {
  /**
   * @param {string} type what the SDK makes the name of its error
   * @param {string} message
   * @param {number} [status] of HTTP
   */
  constructor(type, message, status = 400) {
    this.type = type;
    this.message = message;
    this.status = status;
  }

  get body() {
    return JSON.stringify({ __type: this.type, message: this.message });
  }
}

/** @param {string} what @param {string} where @param {string} constraint */
export const invalid = (what, where, constraint) =>
  new Refusal(
    'ValidationException',
    `1 validation error detected: Value '${what}' at '${where}' failed to satisfy constraint: Member must ${constraint}`,
  );
