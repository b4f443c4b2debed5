const number = Number(process.env.K6_VU ?? 1);
export default { vu: { idInTest: number, idInInstance: number, iterationInInstance: 0, iterationInScenario: 0 }, scenario: { name: process.env.K6_SCENARIO ?? '', iterationInTest: 0, progress: 0 }, test: { abort(reason) { throw new Error(reason); } } };
