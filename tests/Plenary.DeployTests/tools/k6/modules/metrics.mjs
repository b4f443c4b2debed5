// Metrics of a run, collected instead of aggregated.
export const builtIn = {
  checks: 'rate', http_req_failed: 'rate', http_req_duration: 'trend', http_req_waiting: 'trend', http_reqs: 'counter', iterations: 'counter',
  iteration_duration: 'trend', dropped_iterations: 'counter', vus: 'gauge', vus_max: 'gauge', ws_connecting: 'trend', ws_sessions: 'counter', data_received: 'counter', data_sent: 'counter',
};

/** Of this process: each metric's kind and samples. */
export const collected = new Map(Object.entries(builtIn).map(([name, kind]) => [name, { kind, samples: [] }]));

export const sample = (name, value, tags = {}) => collected.get(name).samples.push({ value: Number(value), tags });

class Metric {
  constructor(name, kind) {
    if (!/^[a-zA-Z_][a-zA-Z0-9_]{0,127}$/.test(name)) throw new Error(`“${name}” is no name of a metric`);
    const known = collected.get(name);
    if (known && known.kind !== kind) throw new Error(`the metric ${name} is a ${known.kind} already`);
    if (!known) collected.set(name, { kind, samples: [] });
    this.name = name;
  }

  add(value, tags) {
    if (typeof value !== 'boolean' && !Number.isFinite(value)) throw new Error(`${this.name} was given ${value}`);
    sample(this.name, value, tags);
    return true;
  }
}

export class Trend extends Metric { constructor(name) { super(name, 'trend'); } }
export class Counter extends Metric { constructor(name) { super(name, 'counter'); } }
export class Rate extends Metric { constructor(name) { super(name, 'rate'); } }
export class Gauge extends Metric { constructor(name) { super(name, 'gauge'); } }
