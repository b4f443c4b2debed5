// Thresholds as k6 reads them (https://grafana.com/docs/k6/latest/using-k6/thresholds): what it would refuse at start, and what would be always green.
const aggregations = { rate: /^rate$/, counter: /^(count|rate)$/, gauge: /^value$/, trend: /^(avg|min|max|med|p\((100|\d{1,2}(\.\d+)?)\))$/ };

/** What is wrong with them, after one pass; times are not judged, rates are. */
export function judge(thresholds, metrics) {
  const wrong = [];
  for (const [name, expressions] of Object.entries(thresholds ?? {})) {
    const [, base, tags] = /^([^{]+)(?:\{(.*)\})?$/.exec(name);
    const metric = metrics.get(base);
    if (!metric) {
      wrong.push(`threshold on an unknown metric: ${base}`);
      continue;
    }
    const wanted = (tags ?? '').split(',').filter(Boolean).map((tag) => tag.split(':').map((part) => part.trim()));
    const samples = metric.samples.filter((sample) => wanted.every(([key, value]) => sample.tags?.[key] === value));
    if (samples.length === 0) wrong.push(`${name} was never measured, so its threshold is always met`);
    for (const expression of expressions) {
      const text = typeof expression === 'string' ? expression : expression.threshold;
      const [, aggregation, comparison, bound] = /^\s*(\S+?)\s*(<=|>=|===?|!=|<|>)\s*(\d+(?:\.\d+)?)\s*$/.exec(text) ?? [];
      if (!aggregation || !aggregations[metric.kind].test(aggregation)) wrong.push(`${name}: “${text}” is no threshold of a ${metric.kind}`);
      else if (metric.kind === 'rate' && samples.length > 0) {
        const rate = samples.reduce((sum, sample) => sum + sample.value, 0) / samples.length;
        const met = comparison === '>' ? rate > bound : comparison === '>=' ? rate >= bound : comparison === '<' ? rate < bound : comparison === '<=' ? rate <= bound : rate === Number(bound);
        if (!met) wrong.push(`${name}: ${rate.toFixed(3)} is not ${comparison}${bound}`);
      }
    }
  }
  return wrong;
}
