import { useEffect, useState } from "react";
import { answerTime } from "./devices.ts";

export type NetworkGrade = "wait" | "good" | "fair" | "weak";

/** Answers slower than these, in milliseconds, are fair and weak. */
const FAIR_MS = 200;
const WEAK_MS = 500;

/** How well the server answers from here. */
export function useNetwork(): { grade: NetworkGrade; ms: number | undefined; again: () => void } {
  const [result, setResult] = useState<{ ms: number | undefined }>();
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn measures again
  useEffect(() => {
    const leaving = new AbortController();
    setResult(undefined);
    void answerTime(leaving.signal).then((ms) => {
      if (!leaving.signal.aborted) setResult({ ms });
    });
    return () => leaving.abort();
  }, [turn]);
  return { grade: gradeOf(result), ms: result?.ms, again: () => setTurn((before) => before + 1) };
}

function gradeOf(result: { ms: number | undefined } | undefined): NetworkGrade {
  if (!result) return "wait";
  if (result.ms === undefined || result.ms > WEAK_MS) return "weak";
  return result.ms > FAIR_MS ? "fair" : "good";
}
