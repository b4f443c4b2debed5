// Watches the promises after an upgrade: node watch.mjs <Prometheus> <minutes> [seconds between two looks]
// Ends with 0 when nothing burnt for so long, with 1 when it burnt at two looks in a row, with 2 when Prometheus could not be asked three times in
// a row: a release that nobody can see is taken back, too. The bearer token, if one is needed, is in PROMETHEUS_TOKEN.
const [prometheus, minutes, seconds = '15'] = process.argv.slice(2);
if (!prometheus || !(Number(minutes) > 0) || !(Number(seconds) > 0)) {
  console.error('watch.mjs <Prometheus> <minutes> [seconds between two looks]');
  process.exit(2);
}

// The part of each promise that went wrong in five minutes, as a multiple of what may go wrong (deploy/monitoring/rules/slo.yaml). At 14.4 times an
// hour costs a fiftieth of the month's budget: what the fast alerts page for, seen without waiting for their hour.
const budgets = { joins: 0.005, delivery: 0.01, api: 0.05, broadcast: 0.005 };
const query = `(${Object.entries(budgets).map(([slo, budget]) => `plenary:bad:ratio_rate5m{slo="${slo}"} / ${budget}`).join(' or ')}) > 14.4`;

async function burning() {
  const headers = process.env.PROMETHEUS_TOKEN ? { authorization: `Bearer ${process.env.PROMETHEUS_TOKEN}` } : {};
  const answer = await fetch(`${prometheus.replace(/\/$/, '')}/api/v1/query`, { method: 'POST', headers, body: new URLSearchParams({ query }), signal: AbortSignal.timeout(10_000) });
  const { status, data } = await answer.json();
  if (!answer.ok || status !== 'success') throw new Error(`Prometheus answered ${answer.status}`);
  return data.result.map((one) => `${one.metric.slo} burns ${Math.round(Number(one.value[1]))} times too fast`);
}

let [hot, blind] = [0, 0];
for (let left = Math.ceil((Number(minutes) * 60) / Number(seconds)); left > 0; left--) {
  try {
    const found = await burning();
    [hot, blind] = [found.length ? hot + 1 : 0, 0];
    for (const words of found) console.log(words);
  } catch (error) {
    blind++;
    console.log(`Prometheus could not be asked: ${error.message}`);
  }
  if (hot === 2) process.exit(1);
  if (blind === 3) process.exit(2);
  await new Promise((resolve) => setTimeout(resolve, Number(seconds) * 1000));
}
console.log(`Nothing burnt for ${minutes} minutes.`);
