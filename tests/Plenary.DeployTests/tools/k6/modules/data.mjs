export class SharedArray {
  constructor(_, make) {
    const made = make();
    if (!Array.isArray(made)) throw new Error('a SharedArray is made of an array');
    return Object.freeze(made);
  }
}
