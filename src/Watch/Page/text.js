// Text of peers is text: it is never parsed as HTML, and what would move or hide other text is made visible.

// Controls, and the marks and overrides of direction (Unicode UAX #9), joiners and other characters without a width.
const harmful = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

export function visible(text) {
  return String(text ?? '').replace(harmful, letter => '\\u' + letter.charCodeAt(0).toString(16).padStart(4, '0'));
}

export const times = number => number === 1 ? 'once' : number + ' times';

// An element with attributes and children; what is no element becomes text.
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined));
  return element;
}

// What a peer has chosen, kept to itself: its direction does not spread.
export function peer(text, name = 'bdi', attributes = {}) {
  return make(name, { dir: 'ltr', ...attributes }, visible(text));
}

// Writes only what has changed, so that nothing flickers and no selection is lost.
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const wholes = new Intl.NumberFormat('en');
export const count = value => value === undefined || value === null ? '–' : wholes.format(value);
export const fixed = (value, digits, unit = '') =>
  value === undefined || value === null ? '–' : value.toFixed(digits) + unit;
// Of an axis: 2.5, and 5 instead of 5.00.
export const shortest = value => String(Number(value.toFixed(2)));
export const percent = value => value === undefined || value === null ? '–' : (value * 100).toFixed(value > 0 && value < 0.1 ? 1 : 0) + ' %';
export const milliseconds = value => fixed(value, value >= 100 ? 0 : 1, ' ms');

export function bytes(value) {
  if (value === undefined || value === null) return '–';
  if (value < 1e6) return Math.round(value / 1e3) + ' kB';
  return value < 1e9 ? Math.round(value / 1e6) + ' MB' : (value / 1e9).toFixed(1) + ' GB';
}

// 75 is 1:15, 3675 is 1:01:15.
export function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds ?? 0));
  const two = number => String(number).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  return (hours > 0 ? hours + ':' + two(Math.floor(whole / 60) % 60) : Math.floor(whole / 60)) + ':' + two(whole % 60);
}

export function ago(seconds) {
  if (seconds === undefined || seconds === null) return 'never';
  return seconds < 1 ? 'now' : seconds < 90 ? Math.round(seconds) + ' s ago' : clock(seconds) + ' ago';
}

export const timeOf = text => text ? new Date(text).toLocaleTimeString('en-GB') : '–';

const words = {
  'ok': 'ok', 'waiting': 'waiting', 'silent': 'silent', 'one-way': 'one way', 'one-way-stopped': 'one way: stopped', 'refused': 'refused',
  'private-address': 'private address', 'unreachable': 'unreachable', 'held': 'on hold', 'wrong-family': 'wrong family',
  'not-rtp': 'not RTP', 'bad-quality': 'bad quality',
};

export const verdicts = Object.keys(words);

export const verdictText = verdict => words[verdict] ?? visible(verdict);

// A verdict is told by its word and a sign; the colour only helps.
export function badge(verdict, trouble) {
  const kind = trouble ? 'bad' : verdict === 'ok' ? 'good' : 'calm';
  return make('span', { class: 'badge ' + kind },
    make('span', { 'aria-hidden': 'true' }, kind === 'bad' ? '▲ ' : kind === 'good' ? '● ' : '◌ '), verdictText(verdict));
}
