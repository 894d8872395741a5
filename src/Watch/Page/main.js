// What is shown follows from the address and the controls; one stream of events keeps it true.
import { badge, count, make, peer, setText, timeOf, verdicts, verdictText, visible } from './text.js';
import { showNodes } from './nodes.js';
import { linkTo, showList } from './list.js';
import { closeCall, openCall, showCall } from './call.js';

const byId = id => document.getElementById(id);
const take = 50;
const latestKept = 20;
const state = { text: '', verdict: '', sort: 'trouble', node: '', skip: 0, take, call: null, callNode: '', manyNodes: false, paused: false };

let source = null;
let asking = 0;
let heardAt = null;
let heardId = 0;
let awayNodes = 0;

function address() {
  const query = new URLSearchParams({ nodes: '1', list: '1', kinds: 'verdict', take: String(take), skip: String(state.skip), sort: state.sort });
  if (state.text) query.set('text', state.text);
  if (state.verdict === '!trouble') query.set('trouble', '1');
  else if (state.verdict) query.set('verdict', state.verdict);
  if (state.node) query.set('node', state.node);
  if (state.call !== null) query.set('call', state.call);
  if (state.call !== null && state.callNode) query.set('call-node', state.callNode);
  if (heardId) query.set('after', String(heardId));
  return '/api/events?' + query;
}

// A page that nobody sees, or that is paused, asks for nothing.
function connect() {
  clearTimeout(asking);
  const before = source;
  source = null;
  if (state.paused || document.hidden) {
    before?.close();
    return showLive();
  }
  source = new EventSource(address());
  // The one before tells what happens until this one does.
  for (const name of ['open', 'error']) source.addEventListener(name, () => before?.close());
  on('nodes', message => {
    heardAt = Date.now();
    awayNodes = message.nodes.filter(node => !node.up).length;
    chooseNodes(message.nodes);
    showNodes(message.nodes);
  });
  on('sessions', message => {
    byId('list').classList.toggle('stale', Boolean(message.error));
    if (!message.error) showList(message, state);
  });
  on('session', message => { if (state.call !== null && (message.error || message.callId === state.call)) showCall(message); });
  source.addEventListener('call', event => {
    hear(event);
    showChange(event.data);
  });
  source.addEventListener('error', () => {
    showLive();
    // A stream that broke comes back by itself; one that was refused does not.
    if (source?.readyState === EventSource.CLOSED) askAgain();
  });
}

function askAgain() {
  clearTimeout(asking);
  asking = setTimeout(async () => {
    const status = await fetch('/api/nodes').then(response => response.status, () => 0);
    if (status === 401) location.reload();
    else connect();
  }, 5000);
}

function on(name, handle) {
  const mine = source;
  mine.addEventListener(name, event => {
    if (mine !== source) return;
    hear(event);
    handle(JSON.parse(event.data));
    showLive();
  });
}

function hear(event) {
  heardId = Math.max(heardId, Number(event.lastEventId));
}

function showLive() {
  const age = heardAt === null ? null : Math.round((Date.now() - heardAt) / 1000);
  const old = age === null ? '' : ` What is shown is ${age} s old.`;
  const [kind, text] = state.paused ? ['paused', 'Paused.']
    : source?.readyState === EventSource.OPEN && age !== null && age < 5
      ? awayNodes > 0 ? ['away', awayNodes === 1 ? 'Live, one relay is away' : `Live, ${awayNodes} relays are away`] : ['live', 'Live']
      : heardAt === null ? ['waiting', 'Connecting …'] : ['away', 'The watcher does not answer.' + old];
  byId('live').dataset.state = kind;
  setText(byId('live-text'), text);
  document.body.classList.toggle('stale', kind === 'away' && awayNodes === 0);
}

function chooseNodes(nodes) {
  const choice = byId('node');
  state.manyNodes = nodes.length > 1;
  byId('node-choice').hidden = !state.manyNodes;
  if (choice.options.length === nodes.length + 1) return;
  nodes.forEach(node => choice.append(make('option', { value: node.node }, visible(node.node))));
}

const changes = [];
function showChange(data) {
  if (changes.includes(data)) return;
  changes.unshift(data);
  changes.length = Math.min(changes.length, latestKept);
  const { node, event } = JSON.parse(data);
  const line = make('li', { class: event.trouble ? 'trouble' : '' },
    make('time', { datetime: event.at }, timeOf(event.at)), ' ', badge(event.verdict, event.trouble), ' ',
    make('a', { href: linkTo(node, event.callId) }, peer(event.callId)), ' ',
    make('span', { class: 'sentence' }, visible(event.sentence)));
  const list = byId('latest');
  list.prepend(line);
  while (list.children.length > latestKept) list.lastChild.remove();
  byId('latest-none').hidden = true;
  if (event.trouble) speak(`A call is in trouble: ${verdictText(event.verdict)}.`);
}

// At most once in ten seconds: who listens wants to hear other things too.
let spokenAt = 0;
let unspoken = 0;
function speak(text) {
  unspoken++;
  if (Date.now() - spokenAt < 10_000) return;
  setText(byId('spoken'), unspoken > 1 ? `${count(unspoken)} calls came into trouble.` : text);
  spokenAt = Date.now();
  unspoken = 0;
}

function readAddress() {
  const query = new URLSearchParams(location.hash.slice(1));
  const call = query.get('call');
  if (call === state.call && (query.get('node') ?? '') === state.callNode) return;
  const before = state.call;
  state.call = call;
  state.callNode = query.get('node') ?? '';
  if (call !== null) openCall(call);
  else {
    closeCall();
    focusRow(before);
  }
  for (const row of document.querySelectorAll('#rows tr')) row.classList.toggle('chosen', row.querySelector('a').textContent === visible(call));
  connect();
}

function focusRow(callId) {
  const links = [...document.querySelectorAll('#rows a')];
  (links.find(link => link.textContent === visible(callId)) ?? byId('calls-heading')).focus();
}

function setPaused(paused) {
  state.paused = paused;
  byId('pause').setAttribute('aria-pressed', String(paused));
  connect();
}

let typing = 0;
function filter(delay) {
  clearTimeout(typing);
  typing = setTimeout(() => {
    Object.assign(state, { text: byId('text').value.trim(), verdict: byId('verdict').value, sort: byId('sort').value, node: byId('node').value, skip: 0 });
    connect();
  }, delay);
}

function turn(button, step) {
  byId(button).addEventListener('click', () => {
    if (byId(button).getAttribute('aria-disabled') === 'true') return;
    state.skip = Math.max(0, state.skip + step);
    connect();
  });
}

for (const verdict of verdicts) byId('verdict').append(make('option', { value: verdict }, verdictText(verdict)));
byId('filter').addEventListener('submit', event => { event.preventDefault(); filter(0); });
byId('text').addEventListener('input', () => filter(250));
for (const id of ['verdict', 'sort', 'node']) byId(id).addEventListener('change', () => filter(0));
turn('previous', -take);
turn('next', take);
byId('pause').addEventListener('click', () => setPaused(!state.paused));
byId('call-close').addEventListener('click', event => { event.preventDefault(); location.hash = ''; });
addEventListener('hashchange', () => { if (!location.hash || location.hash.startsWith('#call=')) readAddress(); });
document.addEventListener('visibilitychange', connect);
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === 'Escape' && state.call !== null && !(isTyping && event.target.value)) location.hash = '';
  else if (event.key === '/' && !isTyping) { event.preventDefault(); byId('text').focus(); }
});
setInterval(showLive, 1000);
if (location.hash.startsWith('#call=')) readAddress();
else connect();
