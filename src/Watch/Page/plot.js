// Plots by hand: SVG, two lines, a sentence and a table that say the same.
import { clock, make } from './text.js';

const width = 480;
const height = 150;
const left = 44;
const right = 8;
const top = 8;
const bottom = 22;

function svg(name, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// 1, 2 or 5 times a power of ten: where an axis ends.
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map(step => step * power).find(step => step >= value * 0.999);
}

const dots = (values) => values.filter(([, value]) => value !== null && value !== undefined);

function describe(name, values, format) {
  const known = dots(values);
  if (known.length === 0) return `${name}: nothing measured.`;
  const numbers = known.map(([, value]) => value);
  const most = known.reduce((best, point) => point[1] > best[1] ? point : best);
  const least = known.reduce((best, point) => point[1] < best[1] ? point : best);
  return `${name}: now ${format(numbers.at(-1))}, highest ${format(most[1])} at ${clock(most[0])}, lowest ${format(least[1])} at ${clock(least[0])}.`;
}

// plot: title, unit, format, limit ({ value, text }) or none, least and most of the axis or none, series [{ name, values: [[second, value]] }].
export function plot({ title, format, axis = format, limit, least = 0, most, series, end }) {
  const all = series.flatMap(line => dots(line.values));
  const top1 = Math.max(...all.map(([, value]) => value), limit && limit.always ? limit.value : 0, 1e-9);
  const ceiling = most ?? roundUp(top1);
  const x = second => left + (width - left - right) * Math.min(1, second / Math.max(end, 1));
  const y = value => top + (height - top - bottom) * (1 - (Math.min(Math.max(value, least), ceiling) - least) / (ceiling - least));
  const text = series.map(line => describe(line.name, line.values, format)).join(' ');
  const picture = svg('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `${title}. ${text}`, class: 'plot' });
  for (const share of [0, 0.5, 1]) {
    const value = least + (ceiling - least) * share;
    picture.append(
      svg('line', { x1: left, x2: width - right, y1: y(value), y2: y(value), class: 'grid' }),
      svg('text', { x: left - 6, y: y(value) + 4, class: 'tick end' }, axis(value)));
  }
  for (const share of [0, 0.5, 1]) {
    picture.append(svg('text', { x: x(end * share), y: height - 6, class: 'tick ' + ['start', 'middle', 'end'][share * 2] }, clock(end * share)));
  }
  if (limit && limit.value > least && limit.value < ceiling) {
    picture.append(svg('line', { x1: left, x2: width - right, y1: y(limit.value), y2: y(limit.value), class: 'limit' }));
  }
  series.forEach((line, index) => picture.append(...draw(line, index, x, y)));
  return make('figure', { class: 'plot-box' },
    make('figcaption', {}, make('strong', {}, title), ' ',
      ...series.map((line, index) => make('span', { class: 'key key' + index }, line.name))),
    picture, table(title, series, format));
}

function draw(line, index, x, y) {
  const marks = [];
  let path = '';
  let isOpen = false;
  for (const [second, value] of line.values) {
    if (value === null || value === undefined) {
      isOpen = false;
      continue;
    }
    const [across, down] = [x(second).toFixed(1), y(value).toFixed(1)];
    path += (isOpen ? 'L' : 'M') + across + ' ' + down;
    isOpen = true;
    marks.push(index === 0
      ? svg('circle', { cx: across, cy: down, r: 2, class: 'mark series0' })
      : svg('rect', { x: across - 1.8, y: down - 1.8, width: 3.6, height: 3.6, class: 'mark series1' }));
  }
  return [svg('path', { d: path || 'M0 0', class: 'line series' + index }), ...marks];
}

function table(title, series, format) {
  const seconds = [...new Set(series.flatMap(line => line.values.map(([second]) => second)))].sort((a, b) => a - b);
  const value = (line, second) => {
    const point = line.values.find(([at]) => at === second);
    return point && point[1] !== null && point[1] !== undefined ? format(point[1]) : '–';
  };
  return make('details', {},
    make('summary', {}, 'As a table', make('span', { class: 'visually-hidden' }, ': ' + title)),
    make('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': title + ', values' }, make('table', { class: 'values' },
      make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, 'At'), ...series.map(line => make('th', { scope: 'col' }, line.name)))),
      make('tbody', {}, ...seconds.map(second => make('tr', {},
        make('th', { scope: 'row' }, clock(second)), ...series.map(line => make('td', {}, value(line, second)))))))));
}
