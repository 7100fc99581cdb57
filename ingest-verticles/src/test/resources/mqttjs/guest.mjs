// MQTT.js as it is: subscribes to the commands, sends a batch of each QoS, tells the first command.
import { readFileSync } from 'node:fs';
import mqtt from 'mqtt';

const [url, version, token, ca, topic, first, second, third, commands] = process.argv.slice(2);
const client = await mqtt.connectAsync(url, {
  protocolVersion: version === '5' ? 5 : 4,
  clientId: 'mqttjs',
  username: 'device',
  password: token,
  ca: readFileSync(ca),
  reconnectPeriod: 0,
});
client.on('error', (fault) => { console.log(String(fault)); process.exit(1); });
client.on('message', async (name, payload) => {
  console.log(payload.toString());
  await client.endAsync();
});
await client.subscribeAsync(commands, { qos: 1 });
for (const [qos, file] of [first, second, third].entries()) {
  await client.publishAsync(topic, readFileSync(file), { qos });
}
console.log('ready');
