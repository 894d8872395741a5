// Relays and their hosts: the tiles on top, what is wrong, and the figures below.
import { ago, bytes, count, fixed, make, milliseconds, percent, setText, timeOf, visible } from './text.js';

const byId = id => document.getElementById(id);
const sum = (nodes, read) => nodes.reduce((total, node) => total + (read(node) ?? 0), 0);
const calm = new Set(['ok', 'waiting', 'held']);

// A relay of before it counted them itself tells verdicts: those of them that may be trouble.
function trouble(node) {
  return node.counters.sessionsInTrouble
    ?? Object.entries(node.counters.verdicts).reduce((total, [verdict, sessions]) => calm.has(verdict) ? total : total + sessions, 0);
}

export function showNodes(nodes) {
  showTiles(nodes);
  showNotices(nodes);
  showHosts(nodes);
}

function showTiles(nodes) {
  const known = nodes.filter(node => node.counters);
  const sessions = sum(known, node => node.counters.sessionsComplete + node.counters.sessionsIncomplete);
  const inTrouble = sum(known, trouble);
  const used = sum(known, node => node.counters.portsUsed);
  const limit = sum(known, node => node.counters.portsLimit);
  const dropped = sum(known, node => Object.values(node.counters.dropped ?? {}).reduce((a, b) => a + b, 0));
  const lag = Math.max(0, ...known.map(node => node.lagSeconds ?? 0));
  const up = nodes.filter(node => node.up).length;
  const tiles = [
    ['Calls in trouble', count(inTrouble), inTrouble > 0 ? 'bad' : 'good'],
    ['Sessions', count(sessions), ''],
    ['Packets per second', count(Math.round(sum(known, node => node.counters.packetRate))), ''],
    ['Dropped since start', count(dropped), ''],
    ['Media ports in use', limit > 0 ? percent(used / limit) : '–', limit > 0 && used / limit > 0.85 ? 'bad' : ''],
    ['Lag of workers', milliseconds(lag * 1000), lag >= 0.1 ? 'bad' : ''],
    [nodes.length === 1 ? 'Relay' : 'Relays', nodes.length === 1 ? (up ? 'up' : 'away') : `${up} of ${nodes.length} up`, up < nodes.length ? 'bad' : 'good'],
  ];
  const list = byId('tiles');
  tiles.forEach(([name, value, kind], index) => {
    const tile = list.children[index] ?? list.appendChild(make('div', {}, make('dt'), make('dd')));
    tile.className = kind;
    setText(tile.firstChild, name);
    setText(tile.lastChild, value);
  });
}

// Told as an alert: only what is new is written, or a screen reader would say it again and again.
function showNotices(nodes) {
  const texts = nodes.flatMap(node => node.up
    ? node.notReady.map(text => [node, `${visible(node.node)} takes no new calls: ${visible(text)}`])
    : [[node, `${visible(node.node)} is away since ${timeOf(node.since)}: ${visible(node.fault)}.`]]);
  const box = byId('notices');
  texts.forEach(([, text], index) => setText(box.children[index] ?? box.appendChild(make('p', { class: 'notice' })), text));
  while (box.children.length > texts.length) box.lastChild.remove();
}

function rows(node) {
  const { hello, counters, host } = node;
  return [
    ['State', node.up ? (node.ready ? 'up, takes calls' : 'up, takes no new calls') : 'away; all below is old'],
    ['Figures are of', ago(node.ageSeconds)],
    ['Version', hello ? `${visible(hello.version)} (pid ${hello.pid}, ${hello.workers} worker${hello.workers === 1 ? '' : 's'})` : '–'],
    ['Kept by a keeper', hello ? (hello.kept ? (hello.deaths > 0 ? `yes; ${count(hello.deaths)} processes have died` : 'yes') : 'no') : '–'],
    ['Host', hello ? visible(hello.node) : '–'],
    ['Started', hello ? new Date(hello.startedAt).toLocaleString('en-GB') : '–'],
    ['Sessions', counters ? `${count(counters.sessionsComplete)} complete, ${count(counters.sessionsIncomplete)} not yet` : '–'],
    ['Sessions that fit', count(host?.sessionsThatFit)],
    ['Media ports', counters ? `${count(counters.portsUsed)} of ${count(counters.portsLimit)} (${host?.portMin ?? '–'} to ${host?.portMax ?? '–'})` : '–'],
    ['Descriptors', host ? `${count(host.descriptorsUsed)} of ${count(host.descriptorsLimit)}` : '–'],
    ['Memory', bytes(host?.residentBytes)],
    ['Processor time', fixed(host?.processCpuSeconds, 1, ' s')],
    ['Processors, load', host ? `${host.processors}, ${fixed(host.loadAverage, 2)}` : '–'],
    ['Taken by the hypervisor', percent(host?.steal)],
    ['Lag of workers', milliseconds(node.lagSeconds === undefined ? undefined : node.lagSeconds * 1000)],
    ['UDP receive errors of the host', count(host?.udpReceiveErrors)],
    ['Lost for want of socket buffer', count(host?.socketDrops)],
    ['Connection tracking', host?.conntrackLimit ? `${count(host.conntrackCount)} of ${count(host.conntrackLimit)}` : 'none, or not told'],
    ['Recordings', counters ? `${count(counters.recordings)} (${count(counters.recordsLost)} packets lost)` : '–'],
    ['Events lost', counters ? count(Object.values(counters.eventsLost ?? {}).reduce((a, b) => a + b, 0) + node.eventsMissed) : '–'],
  ];
}

function showHosts(nodes) {
  const box = byId('hosts');
  nodes.forEach((node, index) => {
    let card = box.children[index];
    if (!card) {
      card = box.appendChild(make('div', { class: 'card' }, make('h3'), make('dl', { class: 'facts' })));
      setText(card.firstChild, visible(node.node));
    }
    card.classList.toggle('stale', !node.up);
    const list = card.lastChild;
    rows(node).forEach(([name, value], row) => {
      const entry = list.children[row] ?? list.appendChild(make('div', {}, make('dt'), make('dd')));
      setText(entry.firstChild, name);
      setText(entry.lastChild, value);
    });
  });
}
