import {renew} from './api.js';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const TOKEN_EXPIRED = 4401;
const NOT_THERE = 4404;

/**
 * One session's messages: first a snapshot, then what changes. Comes back by itself; tells
 * {@code message}, {@code connected} with whether it is and when it tries again, and {@code gone}.
 */
export class LiveFeed extends EventTarget {
  constructor(sessionId) {
    super();
    this.address = `wss://${location.host}/v1/live/sessions/${encodeURIComponent(sessionId)}`;
    this.waitMs = FIRST_WAIT_MS;
    addEventListener('online', () => this.now());
    document.addEventListener('visibilitychange', () => document.hidden || this.now());
  }

  open() {
    clearTimeout(this.timer);
    if (this.ended || (this.socket && this.socket.readyState <= WebSocket.OPEN)) return;
    this.socket = new WebSocket(this.address);
    this.socket.onmessage = event => this.take(JSON.parse(event.data));
    this.socket.onclose = event => this.closed(event.code);
  }

  /** There is no more to come. */
  end() {
    this.ended = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  now() {
    this.waitMs = FIRST_WAIT_MS;
    this.open();
  }

  take(message) {
    this.waitMs = FIRST_WAIT_MS;
    if (!this.isConnected) this.tell('connected', {connected: true});
    this.isConnected = true;
    this.tell('message', message);
  }

  async closed(code) {
    this.isConnected = false;
    if (this.ended) return;
    if (code === NOT_THERE) {
      this.ended = true;
      this.tell('gone');
      return;
    }
    const waitMs = this.waitMs * (.5 + Math.random() / 2);
    this.waitMs = Math.min(LONGEST_WAIT_MS, this.waitMs * 2);
    this.tell('connected', {connected: false, againAtMs: Date.now() + waitMs});
    if (code === TOKEN_EXPIRED || code === 1006) await renew().catch(() => {});
    this.timer = setTimeout(() => this.open(), waitMs);
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, {detail}));
  }
}
