import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import {
  AdmitQuestionDocument,
  AnswerQuestionDocument,
  AskQuestionDocument,
  DismissQuestionDocument,
  EditQuestionDocument,
  MergeQuestionDocument,
  OrderQuestionsDocument,
  type QuestionPartsFragment,
  QuestionsDocument,
  SetQuestionsDocument,
  StageQuestionDocument,
  WithdrawQuestionDocument,
} from "../gql/graphql.ts";
import { send } from "../platform/graph/send.ts";
import type { LiveRoom } from "../rooms/live.ts";
import { SPREAD_MS, useAsked, useTried } from "../rooms/useAsked.ts";
import type { Told } from "../rooms/wire.ts";
import { apply, type Board, type Question, type QuestionsTold } from "./questions.ts";

export interface QuestionsState {
  board: Board | undefined;
  /** The viewer is of the staff. */
  staff: boolean;
  /** The viewer answers questions. */
  speaks: boolean;
  own: ReadonlySet<string>;
  voted: ReadonlySet<string>;
  ask: (text: string, anonymous: boolean) => Promise<boolean>;
  edit: (id: string, text: string) => Promise<boolean>;
  withdraw: (id: string) => Promise<boolean>;
  vote: (id: string, on: boolean) => Promise<boolean>;
  admit: (id: string) => Promise<boolean>;
  dismiss: (id: string) => Promise<boolean>;
  merge: (id: string, into: string) => Promise<boolean>;
  stage: (id: string) => Promise<boolean>;
  answer: (id: string, text?: string) => Promise<boolean>;
  order: (ids: readonly string[]) => Promise<boolean>;
  set: (moderated: boolean, closed: boolean) => Promise<boolean>;
}

const NOBODY = { staff: false, speaks: false, own: new Set<string>(), voted: new Set<string>() };

/** The questions of a room: told as they change, asked for whenever the room was joined (again) or something was lost. */
export function useQuestions(live: LiveRoom): QuestionsState {
  const tried = useTried();
  const { room } = live;
  const [board, setBoard] = useState<Board>();
  const [me, setMe] = useState(NOBODY);
  const known = useRef<Board>(undefined);
  const staff = useRef(false);
  const put = useCallback((next: Board) => {
    known.current = next;
    setBoard(next);
  }, []);

  const refresh = useCallback(
    () =>
      send(QuestionsDocument, { room }).then(
        ({ questions: answer }) => {
          staff.current = answer.staff;
          setMe({
            staff: answer.staff,
            speaks: answer.speaks,
            own: new Set(answer.own),
            voted: new Set(answer.voted),
          });
          const questions = new Map(answer.questions.map((one) => [one.id, fromGraph(one)]));
          put({ ...answer, questions });
        },
        () => undefined, // Asked again with the next connection.
      ),
    [room, put],
  );

  const refreshSoon = useAsked(
    live,
    refresh,
    useCallback(() => known.current !== undefined, []),
  );
  useEffect(
    () =>
      live.hear<Told>("Told", ({ about, data }) => {
        if (about !== "questions" || !known.current) return;
        const told = JSON.parse(data) as QuestionsTold;
        const next = apply(known.current, told);
        // Only the staff is told of what is held by being asked to look.
        if (!next || (staff.current && told.held !== known.current.held)) refreshSoon(SPREAD_MS);
        if (next) put(next);
      }),
    [live, put, refreshSoon],
  );

  const acts = useMemo(() => {
    const run = async (act: () => Promise<Question | undefined>): Promise<boolean> => {
      const refused = await tried(async () => {
        const changed = await act();
        if (changed && known.current)
          put({ ...known.current, questions: new Map(known.current.questions).set(changed.id, changed) });
      });
      return refused === undefined;
    };
    const with_ = (set: "own" | "voted", id: string, on: boolean) =>
      setMe((before) => {
        const next = new Set(before[set]);
        if (on) next.add(id);
        else next.delete(id);
        return { ...before, [set]: next };
      });
    const forget = (id: string) => {
      if (!known.current) return;
      const questions = new Map(known.current.questions);
      questions.delete(id);
      put({ ...known.current, questions });
    };
    return {
      ask: (text: string, anonymous: boolean) =>
        run(async () => {
          const id = crypto.randomUUID();
          const { askQuestion } = await send(AskQuestionDocument, { room, id, text, anonymous });
          with_("own", id, true);
          return fromGraph(askQuestion);
        }),
      edit: (id: string, text: string) =>
        run(async () => fromGraph((await send(EditQuestionDocument, { room, id, text })).editQuestion)),
      withdraw: (id: string) =>
        run(async () => {
          await send(WithdrawQuestionDocument, { room, id });
          forget(id);
          return undefined;
        }),
      vote: (id: string, on: boolean) =>
        run(async () => {
          const data = JSON.stringify({ question: id, on });
          const acted = await live.invoke<{ data: string }>("Act", { room, about: "upvote", data });
          with_("voted", id, on);
          return JSON.parse(acted.data) as Question;
        }),
      admit: (id: string) =>
        run(async () => fromGraph((await send(AdmitQuestionDocument, { room, id })).admitQuestion)),
      dismiss: (id: string) =>
        run(async () => fromGraph((await send(DismissQuestionDocument, { room, id })).dismissQuestion)),
      merge: (id: string, into: string) =>
        run(async () => {
          const { mergeQuestion } = await send(MergeQuestionDocument, { room, id, into });
          forget(id);
          return fromGraph(mergeQuestion);
        }),
      stage: (id: string) =>
        run(async () => fromGraph((await send(StageQuestionDocument, { room, id })).stageQuestion)),
      answer: (id: string, text?: string) =>
        run(async () => fromGraph((await send(AnswerQuestionDocument, { room, id, text })).answerQuestion)),
      order: (ids: readonly string[]) =>
        run(async () => {
          await send(OrderQuestionsDocument, { room, ids: [...ids] });
          return undefined;
        }),
      set: (moderated: boolean, closed: boolean) =>
        run(async () => {
          await send(SetQuestionsDocument, { room, moderated, closed });
          return undefined;
        }),
    };
  }, [live, room, put, tried]);
  return useMemo(() => ({ board, ...me, ...acts }), [board, me, acts]);
}

export function fromGraph(question: QuestionPartsFragment): Question {
  return { ...question, state: question.state.toLowerCase() as Question["state"] };
}
