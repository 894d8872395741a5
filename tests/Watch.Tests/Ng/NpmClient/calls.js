// A call with every command that rtpengine-client knows, over one of its transports: node calls.js udp|tcp|ws ADDRESS
// Prints what it makes of each reply, a JSON object a line: {"command": ..., "reply": ...}.
const { Client, TcpClient, WsClient } = require('rtpengine-client');

const [kind, address] = process.argv.slice(2);
const print = console.log;
console.log = () => {}; // it talks

const sdp = (host, port, direction = 'sendrecv') => [
  'v=0', `o=- 1 1 IN IP4 ${host}`, 's=-', `c=IN IP4 ${host}`, 't=0 0', `m=audio ${port} RTP/AVP 0 101`,
  'a=rtpmap:0 PCMU/8000', 'a=rtpmap:101 telephone-event/8000', `a=${direction}`, ''].join('\r\n');

const call = { 'call-id': `npm-${kind}`, 'from-tag': 'a' };
const commands = [
  ['ping', {}],
  ['offer', { ...call, sdp: sdp('192.0.2.10', 40000), replace: ['origin'], ICE: 'remove' }],
  ['answer', { ...call, 'to-tag': 'b', sdp: sdp('192.0.2.20', 50000) }],
  ['list', { limit: '32' }],
  ['query', call],
  ['blockMedia', call], ['unblockMedia', call],
  ['blockDTMF', call], ['unblockDTMF', call],
  ['silenceMedia', call], ['unsilenceMedia', call],
  ['startRecording', call], ['stopRecording', call],
  ['playMedia', { ...call, file: '/nowhere/tone.wav' }], ['stopMedia', call],
  ['playDTMF', { ...call, code: '5' }],
  ['startForwarding', call], ['stopForwarding', call],
  ['subscribeRequest', { ...call, 'to-tag': 'rec', flags: ['all'] }],
  ['subscribeAnswer', { ...call, 'to-tag': 'rec', sdp: sdp('192.0.2.30', 60000, 'recvonly').replace(/(m=.*)/s, '$1$1') }],
  ['unsubscribe', { ...call, 'to-tag': 'rec' }],
  ['publish', { 'call-id': `pub-${kind}`, 'from-tag': 'p', sdp: sdp('192.0.2.40', 40000, 'sendonly') }],
  ['statistics', {}],
  ['delete', call],
  ['delete', { 'call-id': `pub-${kind}`, 'from-tag': 'p' }],
  ['query', { 'call-id': 'nobody' }],
];

async function run(client, send) {
  for (const [command, options] of commands) {
    print(JSON.stringify({ command, reply: await send(command, options) }));
  }
  process.exit(0);
}

const port = Number(address.split(':').pop());
const client = kind === 'udp' ? new Client({ timeout: 10000 })
  : kind === 'tcp' ? new TcpClient({ hostport: address, timeout: 10000 })
  : new WsClient({ url: address, timeout: 10000 });
client.on('error', (error) => {
  console.error(error);
  process.exit(1);
});
client.on('listening', () => run(client, (command, options) => kind === 'udp'
  ? client[command]({ host: '127.0.0.1', port }, options)
  : client[command](options)).catch((error) => {
  console.error(error);
  process.exit(1);
}));
