// The list of calls: rows keep their elements while they are listed, so that focus and selection stay where they are.
import { badge, clock, count, make, milliseconds, peer, percent, fixed, setText, visible } from './text.js';

const byId = id => document.getElementById(id);
const shown = new Map();

const keyOf = row => JSON.stringify([row.node, row.session.callId, row.session.fromTag, row.session.toTag ?? '']);

export const linkTo = (node, callId) => '#call=' + encodeURIComponent(callId) + '&node=' + encodeURIComponent(node);

export function showList(list, state) {
  const body = byId('rows');
  const focused = document.activeElement;
  const keys = new Set();
  let place = body.firstChild;
  for (const row of list.rows) {
    const key = keyOf(row);
    if (keys.has(key)) continue;
    keys.add(key);
    const line = shown.get(key) ?? create(row);
    shown.set(key, line);
    update(line, row, state);
    if (line === place) place = place.nextSibling;
    else body.insertBefore(line, place);
  }
  for (const [key, line] of shown) {
    if (!keys.has(key)) {
      line.remove();
      shown.delete(key);
    }
  }
  // An element that is moved loses the focus.
  if (focused !== document.activeElement && focused?.isConnected) focused.focus({ preventScroll: true });
  showPages(list, state);
}

function create(row) {
  const call = make('td', { role: 'cell', class: 'call', 'data-label': 'Call' },
    make('a', { href: linkTo(row.node, row.session.callId), class: 'call-id' }, peer(row.session.callId)),
    make('p', { class: 'sentence' }),
    make('p', { class: 'faint which' }));
  return make('tr', { role: 'row' },
    make('td', { role: 'cell', class: 'verdict', 'data-label': 'Verdict' }), call, party('From the caller'), party('From the callee'),
    make('td', { role: 'cell', class: 'number', 'data-label': 'Age' }));
}

const party = label => make('td', { role: 'cell', class: 'party', 'data-label': label }, make('p', { class: 'address' }), make('p', { class: 'faint' }));

function update(line, { node, session }, state) {
  const [verdict, call, caller, callee, age] = line.children;
  if (line.dataset.verdict !== session.verdict) {
    line.dataset.verdict = session.verdict;
    verdict.replaceChildren(badge(session.verdict, session.trouble));
  }
  line.classList.toggle('trouble', session.trouble);
  line.classList.toggle('chosen', state.call === session.callId);
  setText(call.children[1], visible(session.sentence));
  setText(call.children[2], state.manyNodes ? visible(node) : '');
  updateParty(caller, session.caller);
  updateParty(callee, session.callee);
  setText(age, clock(session.ageSeconds));
}

function updateParty(cell, row) {
  setText(cell.firstChild, row.address ?? 'no address yet');
  setText(cell.lastChild, row.packets > 0
    ? [row.codec && visible(row.codec), `loss ${percent(row.lossRate)}`, `jitter ${milliseconds(row.jitterMilliseconds)}`,
      row.score === undefined ? null : `score ${fixed(row.score, 2)}`].filter(Boolean).join(', ')
    : 'no packet yet');
}

function showPages(list, state) {
  const last = Math.min(list.skip + list.rows.length, list.matching);
  setText(byId('count'), list.matching === 0
    ? (list.total === 0 ? 'There are no calls.' : `None of ${count(list.total)} sessions matches.`)
    : list.matching === list.total ? (list.total === 1 ? '1 session.' : `${count(list.total)} sessions.`) : `${count(list.matching)} of ${count(list.total)} sessions match.`);
  setText(byId('page'), list.matching > 0 ? `${count(list.skip + 1)} to ${count(last)} of ${count(list.matching)}` : '');
  enable(byId('previous'), list.skip > 0);
  enable(byId('next'), list.skip + list.rows.length < list.matching && state.skip + state.take < 1e6);
}

// Not with "disabled": a button that is pressed to the end of the list would lose the focus.
function enable(button, isUsable) {
  button.setAttribute('aria-disabled', String(!isUsable));
}
