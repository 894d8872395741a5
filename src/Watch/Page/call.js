// One call: what is wrong in a sentence, who sends what where, both parties with their addresses, figures, and how it went.
import { ago, badge, clock, count, fixed, make, milliseconds, peer, percent, shortest, timeOf, times, visible } from './text.js';
import { plot } from './plot.js';

const byId = id => document.getElementById(id);
const parties = [['caller', 'Caller'], ['callee', 'Callee']];

let last = '';

export function showCall(call) {
  const content = JSON.stringify(call.sessions ?? call.error);
  if (content === last) return;
  last = content;
  const body = byId('call-body');
  const open = new Set([...body.querySelectorAll('details')].flatMap((details, index) => details.open ? [index] : []));
  const focused = [...body.querySelectorAll('summary, [tabindex]')].indexOf(document.activeElement);
  body.replaceChildren(...(call.error
    ? [make('p', { class: 'notice' }, call.error.code === 'no-such-call' ? 'This call has ended, or there never was one with this Call-ID.' : visible(call.error.text))]
    : call.sessions.map((entry, index) => session(entry, index, call.sessions.length))));
  body.querySelectorAll('details').forEach((details, index) => { details.open = open.has(index); });
  if (focused >= 0) body.querySelectorAll('summary, [tabindex]')[focused]?.focus({ preventScroll: true });
}

export function openCall(callId) {
  last = '';
  const heading = byId('call-heading');
  heading.replaceChildren('Call ', peer(callId));
  byId('call-body').replaceChildren(make('p', { class: 'faint' }, 'Asking the relay …'));
  byId('call').hidden = false;
  heading.focus();
  byId('call').scrollIntoView({ block: 'start' });
}

export function closeCall() {
  byId('call').hidden = true;
  byId('call-body').replaceChildren();
}

function session({ node, session }, index, of) {
  return make('article', { class: 'session', 'aria-label': of > 1 ? `Session ${index + 1} of ${of}` : 'Session' },
    of > 1 ? make('h3', {}, `Session ${index + 1} of ${of}`) : null,
    make('p', { class: 'verdict-line' + (session.trouble ? ' trouble' : '') }, badge(session.verdict, session.trouble), ' ',
      make('span', { class: 'verdict-sentence' }, visible(session.sentence))),
    make('p', { class: 'faint' }, 'Set up at ', timeOf(session.setUpAt), ', ', clock(session.ageSeconds), ' ago, at ', peer(node),
      '. Tags ', peer(session.fromTag, 'code'), session.toTag ? [' and ', peer(session.toTag, 'code')] : ', no answer yet',
      `. Without a packet it ends in ${session.remainingSeconds} s.`),
    make('ul', { class: 'paths' }, path('The caller speaks', session.caller, session.callee), path('The callee speaks', session.callee, session.caller)),
    make('div', { class: 'legs' }, ...parties.map(([key, name]) => leg(session[key], name, of > 1 ? 'h4' : 'h3'))),
    figures(session),
    plots(session));
}

// From mouth to ear: heard from where, at which port of ours, and sent on to where.
function path(name, from, to) {
  const isHeard = from.figures.packets > 0 || from.learned;
  const hasStopped = isHeard && from.silentSeconds > 5;
  const isSent = to.sent > 0 && !to.sendFault;
  const state = !isHeard ? ['bad', from.early ? '▲ came only before the answer' : '▲ nothing comes'] : hasStopped ? ['bad', `▲ stopped ${ago(from.silentSeconds)}`]
    : isSent ? ['good', '● flows'] : ['bad', '▲ heard, and not sent on'];
  return make('li', { class: state[0] },
    make('strong', {}, name), make('span', { class: 'state' }, state[1]),
    make('span', { class: 'hops' },
      hop(from.learned ?? from.signalled ?? 'unknown', isHeard ? 'heard' : 'signalled, not heard'), arrow(),
      hop('port ' + from.port, `${count(from.relayed)} relayed`), arrow(),
      hop(to.sendingTo ?? 'nowhere yet', to.sendFault ? visible(to.sendFault.outcome) : `${count(to.sent)} sent`)));
}

const arrow = () => make('span', { class: 'arrow', 'aria-hidden': 'true' }, '→');
const hop = (address, note) => make('span', { class: 'hop' }, make('b', {}, visible(address)), make('small', {}, note));

function leg(party, name, heading) {
  const facts = [
    ['Signalled', party.signalled ? [party.signalled, note(`${party.signalledBy ? 'by the ' + visible(party.signalledBy) + ', ' : ''}${timeOf(party.signalledAt)}`)] : ['not yet']],
    ['Learned', party.learned ? [party.learned, note(`at ${timeOf(party.learnedAt)}${party.moves > 0 ? `, moved ${times(party.moves)}` : ''}`)] : ['never heard']],
    ['Ours', party.port ? [(party.local.includes(':') ? `[${party.local}]` : party.local) + ':' + party.port, party.advertised ? note(`told as ${visible(party.advertised)}`) : null] : ['no port yet']],
    ['We send to', [party.sendingTo ?? 'nowhere yet', note(`${count(party.sent)} packets`)]],
    ['Last heard', [ago(party.silentSeconds)]],
    ['Early', party.early ? [visible(party.early.source), note(`${count(party.early.count)} packets before the answer, the last at ${timeOf(party.early.lastAt)}: dropped`)] : null],
    ['Dropped', party.dropped > 0 ? [count(party.dropped)] : null],
    ['Refused', party.refused ? [visible(party.refused.source), note(`${count(party.refused.count)} packets, the last at ${timeOf(party.refused.lastAt)}: ${visible(party.refused.reason)}`)] : null, 'bad'],
    ['Not taken', party.sendFault ? [visible(party.sendFault.to), note(`${visible(party.sendFault.outcome)}, ${count(party.sendFault.count)} packets since ${timeOf(party.sendFault.since)}`)] : null, 'bad'],
    ['Looks like', party.look ? [visible(party.look), note('not RTP')] : null, 'bad'],
    ['RTCP of it', party.reported ? [`loss ${percent(party.reported.lossRate)}, jitter ${milliseconds(party.reported.jitterMilliseconds)}, round trip ${milliseconds(party.reported.roundTripMilliseconds)}`, note('behind us, as it reports')] : null],
    ['Now', [party.onHold && 'on hold', party.hearsPrompt && 'hears a prompt', party.recorded && 'is recorded'].some(Boolean)
      ? [[party.onHold && 'on hold', party.hearsPrompt && 'hears a prompt', party.recorded && 'is recorded'].filter(Boolean).join(', ')] : null],
  ];
  return make('section', { class: 'card', 'aria-label': name },
    make(heading, {}, name), make('p', { class: 'sentence' }, visible(party.sentence)),
    make('dl', { class: 'facts' }, ...facts.filter(([, value]) => value).map(([title, value, kind]) =>
      make('div', { class: kind ?? '' }, make('dt', {}, title), make('dd', {}, ...value.map(part => typeof part === 'string' ? visible(part) : part))))));
}

const note = text => make('small', {}, text);

function figures(session) {
  const of = read => parties.map(([key]) => read(session[key].figures, session[key]));
  const rows = [
    ['Codec', of(f => f.codec ? visible(f.codec) + (f.packetMilliseconds ? `, ${fixed(f.packetMilliseconds, 0)} ms` : '') : '–')],
    ['Packets', of(f => count(f.packets))],
    ['Lost', of(f => `${count(f.lost)} (${percent(f.lossRate)})`)],
    ['Late', of(f => `${count(f.late)} (${percent(f.discardRate)})`)],
    ['Bursts', of(f => f.burstDensity > 0 ? `${percent(f.burstDensity)} lost for ${milliseconds(f.burstMilliseconds)}` : 'none')],
    ['Jitter now / mean / highest', of(f => [f.jitterLast, f.jitterMean, f.jitterMaximum].map(value => fixed(value, 1)).join(' / ') + ' ms')],
    ['Score (MOS-LQ) all / mean / lowest', of(f => [f.score, f.scoreMean, f.scoreMinimum].map(value => fixed(value, 2)).join(' / ')
      + (f.scoreMinimumAt === undefined ? '' : ` at ${clock(f.scoreMinimumAt)}`))],
    ['Score in conversation (MOS-CQ)', of(f => fixed(f.conversationalScore, 2))],
    ['SSRC', of(f => f.ssrc === undefined ? '–' : f.ssrc.toString(16).padStart(8, '0') + (f.ssrcChanges > 1 ? `, changed ${times(f.ssrcChanges - 1)}` : ''))],
  ];
  return make('div', { class: 'scroll' }, make('table', { class: 'figures' },
    make('caption', {}, 'What was measured on the packets before us'),
    make('thead', {}, make('tr', {}, make('td'), make('th', { scope: 'col' }, 'From the caller'), make('th', { scope: 'col' }, 'From the callee'))),
    make('tbody', {}, ...rows.map(([name, values]) => make('tr', {}, make('th', { scope: 'row' }, name), ...values.map(value => make('td', {}, value)))))));
}

function plots(session) {
  const end = Math.max(session.ageSeconds, ...parties.flatMap(([key]) => session[key].history.map(point => point.at + point.length)), 5);
  const series = read => parties.map(([key, name]) => ({ name, values: session[key].history.map(point => [point.at, read(point)]) }));
  const expected = point => point.received + point.lost;
  return make('div', { class: 'plots' },
    plot({ title: 'Loss', format: value => fixed(value, 1, ' %'), axis: value => shortest(value) + ' %', end, limit: { value: 5 },
      series: series(point => expected(point) > 0 ? 100 * point.lost / expected(point) : null) }),
    plot({ title: 'Jitter', format: value => fixed(value, 1, ' ms'), axis: value => shortest(value) + ' ms', end, series: series(point => point.jitterMilliseconds) }),
    plot({ title: 'Score (MOS-LQ)', format: value => fixed(value, 2), axis: shortest, end, least: 1, most: 4.5, limit: { value: 3.1 }, series: series(point => point.score) }),
    plot({ title: 'Packets per second', format: value => fixed(value, 1), axis: shortest, end, series: series(point => point.length > 0 ? point.received / point.length : null) }));
}
