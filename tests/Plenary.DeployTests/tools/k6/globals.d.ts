// What k6 has and @types/k6 leaves to the reader.
declare var console: { log(...what: unknown[]): void; warn(...what: unknown[]): void; error(...what: unknown[]): void };
