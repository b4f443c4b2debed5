// An evening with the official JavaScript client: node evening.mjs <package.json> <hub> <json|messagepack> <negotiate|skip> <room> <cookie> <cookie>
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';

const [modules, url, protocol, negotiation, room, annsCookie, bobsCookie] = process.argv.slice(2);
const require = createRequire(modules);
const { HttpTransportType, HubConnectionBuilder, LogLevel } = require('@microsoft/signalr');
const { MessagePackHubProtocol } = require('@microsoft/signalr-protocol-msgpack');

function person(cookie) {
  const options = { headers: { Cookie: cookie }, transport: HttpTransportType.WebSockets, skipNegotiation: negotiation === 'skip' };
  const builder = new HubConnectionBuilder().withUrl(url, options).configureLogging(LogLevel.Error);
  if (protocol === 'messagepack') builder.withHubProtocol(new MessagePackHubProtocol());
  const hub = builder.build();
  const frames = [];
  const hopes = [];
  hub.on('Frame', frame => {
    frames.push(frame);
    for (const hope of hopes) hope();
  });
  return {
    hub,
    post: text => hub.invoke('Post', { room, id: randomUUID(), text }),
    join: after => hub.invoke('Join', after === undefined ? { room } : { room, after }),
    until: holds => new Promise(resolve => {
      const look = () => frames.some(holds) && resolve();
      hopes.push(look);
      look();
    }),
  };
}

const says = text => frame => frame.entries.some(entry => entry.text === text);
const [ann, bob] = [person(annsCookie), person(bobsCookie)];
await Promise.all([ann.hub.start(), bob.hub.start()]);

await assert.rejects(ann.hub.invoke('React', { room, kind: 'clap' }), error => JSON.parse(error.message.slice(error.message.indexOf('{'))).code === 'not-joined');
assert.equal((await ann.join()).seq, 0);
assert.equal((await bob.join()).replayed, false);
assert.equal((await ann.post('Grüße, 日本 🎉')).seq, 1);
await Promise.all([ann.until(says('Grüße, 日本 🎉')), bob.until(says('Grüße, 日本 🎉'))]);
assert.equal(await bob.hub.invoke('React', { room, kind: 'heart' }), true);
await ann.until(frame => frame.reactions?.heart === 1);

await ann.hub.stop();
await bob.post('you missed this');
await ann.hub.start();
const back = await ann.join(1);
assert.equal(back.replayed, true);
// Acknowledged is durable; the frame may still be on its way when the join is answered.
if (back.seq === 1) await ann.until(says('you missed this'));
else assert.deepEqual(back.entries.map(entry => entry.text), ['you missed this']);
await ann.post('not any more');
await bob.until(says('not any more'));

await Promise.all([ann.hub.stop(), bob.hub.stop()]);
console.log('good night');
