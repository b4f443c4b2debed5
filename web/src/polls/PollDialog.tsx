import { useState } from "react";
import type { PollKind as Kinds } from "../gql/graphql.ts";
import { Button, Dialog, SelectField, TextAreaField, TextField } from "../platform/components/index.ts";
import type { Poll, PollKind } from "./polls.ts";
import { useText } from "./text.ts";
import type { PollsState } from "./usePolls.ts";

const KINDS: readonly PollKind[] = ["single", "multiple", "rating", "words", "ranking", "quiz"];

interface PollDialogProps {
  poll: Poll | undefined;
  state: PollsState;
  onClose: () => void;
}

/** Makes a draft, or changes one. */
export function PollDialog({ poll, state, onClose }: PollDialogProps) {
  const { t } = useText();
  const [id] = useState(() => poll?.id ?? crypto.randomUUID());
  const [kind, setKind] = useState<PollKind>(poll?.kind ?? "single");
  const [question, setQuestion] = useState(poll?.question ?? "");
  const [options, setOptions] = useState(poll?.options.join("\n") ?? "");
  const [most, setMost] = useState(poll?.most ?? 5);
  const [right, setRight] = useState(poll?.right ?? 0);
  const [bonus, setBonus] = useState(poll?.bonusSeconds ?? 20);
  const [series, setSeries] = useState(poll?.series ?? "");
  const [closes, setCloses] = useState(poll?.closesAfter ?? 0);
  const [anonymous, setAnonymous] = useState(poll?.anonymous ?? false);
  const [live, setLive] = useState(poll?.live ?? true);
  const lines = options
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const listed = kind !== "rating" && kind !== "words";
  const counted = kind === "multiple" || kind === "rating" || kind === "words";
  const highest = kind === "multiple" ? Math.max(1, lines.length) : kind === "rating" ? 10 : 5;
  const lowest = kind === "rating" ? 2 : 1;
  const save = async () => {
    const saved = await state.save(id, {
      question,
      kind: kind.toUpperCase() as Kinds,
      anonymous: anonymous && kind !== "quiz",
      live: live && kind !== "quiz",
      ...(listed && { options: lines }),
      ...(counted && { most: Math.min(Math.max(most, lowest), highest) }),
      ...(kind === "quiz" && { right, bonusSeconds: bonus, series }),
      ...(closes > 0 && { closesAfter: closes }),
    });
    if (saved) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={poll ? t("edit") : t("new")} kind="sheet">
      <form
        className="stack form-stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <SelectField label={t("kindLabel")} value={kind} onChange={(e) => setKind(e.target.value as PollKind)}>
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`kind.${one}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t("question")}
          value={question}
          maxLength={200}
          onChange={(e) => setQuestion(e.target.value)}
        />
        {listed && (
          <TextAreaField
            label={t("options")}
            hint={t("optionsHint")}
            rows={5}
            value={options}
            onChange={(e) => setOptions(e.target.value)}
          />
        )}
        {counted && (
          <TextField
            label={t(`most.${kind}`)}
            type="number"
            min={lowest}
            max={highest}
            value={most}
            onChange={(e) => setMost(Number(e.target.value))}
          />
        )}
        {kind === "quiz" && (
          <>
            <SelectField label={t("rightLabel")} value={right} onChange={(e) => setRight(Number(e.target.value))}>
              {lines.map((line, n) => (
                <option key={line} value={n}>
                  {line}
                </option>
              ))}
            </SelectField>
            <TextField
              label={t("bonusLabel")}
              type="number"
              min={0}
              max={300}
              value={bonus}
              onChange={(e) => setBonus(Number(e.target.value))}
            />
            <TextField
              label={t("series")}
              hint={t("seriesHint")}
              value={series}
              maxLength={80}
              onChange={(e) => setSeries(e.target.value)}
            />
          </>
        )}
        <SelectField label={t("closesLabel")} value={closes} onChange={(e) => setCloses(Number(e.target.value))}>
          {[0, 15, 30, 60, 120, 300].map((seconds) => (
            <option key={seconds} value={seconds}>
              {seconds === 0 ? t("byHand") : t("afterSeconds", { count: seconds })}
            </option>
          ))}
        </SelectField>
        {kind !== "quiz" && (
          <>
            <label className="check">
              <input type="checkbox" checked={live} onChange={(e) => setLive(e.target.checked)} />
              <span>{t("liveLabel")}</span>
            </label>
            <label className="check">
              <input type="checkbox" checked={anonymous} onChange={(e) => setAnonymous(e.target.checked)} />
              <span>{t("anonymousLabel")}</span>
            </label>
          </>
        )}
        <Button variant="primary" type="submit" disabled={!question.trim() || (listed && lines.length < 2)}>
          {t("saveDraft")}
        </Button>
      </form>
    </Dialog>
  );
}
