import { useCallback, useEffect, useState } from "react";
import { AskQuestionDocument, QuestionsDocument } from "../gql/graphql.ts";
import { send } from "../platform/graph/send.ts";
import { useTried } from "../rooms/useAsked.ts";
import type { Question } from "./questions.ts";
import { fromGraph } from "./useQuestions.ts";

export interface ReplayQuestions {
  /** Those that were asked on this replay, by their moment. */
  questions: readonly Question[];
  /** The viewer may ask. */
  open: boolean;
  ask: (text: string, second: number) => Promise<boolean>;
}

/** What people asked on a replay, each at its second; for whoever may be in its room. */
export function useReplayQuestions(room: string, replay: string): ReplayQuestions {
  const tried = useTried();
  const [questions, setQuestions] = useState<readonly Question[]>([]);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    let over = false;
    send(QuestionsDocument, { room }).then(
      ({ questions: answer }) => {
        if (over) return;
        setOpen(!answer.closed || answer.staff);
        setQuestions(answer.questions.filter((one) => one.replay === replay).map(fromGraph));
      },
      () => undefined, // Whoever may only watch does not ask.
    );
    return () => {
      over = true;
    };
  }, [room, replay]);
  const ask = useCallback(
    async (text: string, replaySecond: number) => {
      const refused = await tried(async () => {
        const id = crypto.randomUUID();
        const { askQuestion } = await send(AskQuestionDocument, { room, id, text, replay, replaySecond });
        setQuestions((before) => [...before, fromGraph(askQuestion)]);
      });
      return refused === undefined;
    },
    [room, replay, tried],
  );
  return { questions, open, ask };
}
