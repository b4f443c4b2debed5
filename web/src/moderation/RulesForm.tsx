import { useEffect, useState } from "react";
import {
  RoomRulesDocument,
  type RoomRulesPartsFragment,
  type RulePolicy,
  SetRoomRulesDocument,
} from "../gql/graphql.ts";
import { Button, SelectField, Skeleton, TextAreaField } from "../platform/components/index.ts";
import { send } from "../platform/graph/send.ts";
import { useText } from "./text.ts";
import { useAct } from "./useAct.ts";

const SLOW = [0, 5, 10, 30, 60, 300] as const;
const DELAY = [0, 3, 5, 8, 10, 15] as const;
const POLICIES: readonly RulePolicy[] = ["ALLOW", "HOLD", "REFUSE"];

/** How a room is written in: each rule holds as soon as it is saved. */
export default function RulesForm({ room }: { room: { id: string; name: string } }) {
  const { t } = useText();
  const [rules, setRules] = useState<RoomRulesPartsFragment>();
  const [everywhere, setEverywhere] = useState(false);
  const { run, pending } = useAct();
  useEffect(() => {
    let shown = true;
    setRules(undefined);
    send(RoomRulesDocument, { room: room.id }).then(
      ({ roomRules }) => shown && setRules(roomRules),
      () => undefined, // The form stays empty; choosing the room again asks again.
    );
    return () => {
      shown = false;
    };
  }, [room.id]);
  if (!rules) return <Skeleton width="100%" />;
  const change = (part: Partial<RoomRulesPartsFragment>) => setRules({ ...rules, ...part });
  const save = () => {
    const { slowSeconds, delaySeconds, holdsAll, locked, links, wordPolicy, words } = rules;
    const input = { slowSeconds, delaySeconds, holdsAll, locked, links, wordPolicy, words };
    return run(() => send(SetRoomRulesDocument, { room: room.id, input, everywhere }), t("rule.saved"));
  };
  const seconds = (values: readonly number[], now: number) =>
    [...new Set([...values, now])]
      .sort((one, other) => one - other)
      .map((one) => (
        <option key={one} value={one}>
          {one === 0 ? t("rule.off") : t("rule.seconds", { count: one })}
        </option>
      ));
  return (
    <form
      className="stack rules"
      aria-label={t("rule.title", { room: room.name })}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="row wrap">
        <SelectField
          label={t("rule.delay")}
          hint={t("rule.delayHint")}
          value={rules.delaySeconds}
          onChange={(event) => change({ delaySeconds: Number(event.target.value) })}
        >
          {seconds(DELAY, rules.delaySeconds)}
        </SelectField>
        <SelectField
          label={t("rule.slow")}
          hint={t("rule.slowHint")}
          value={rules.slowSeconds}
          onChange={(event) => change({ slowSeconds: Number(event.target.value) })}
        >
          {seconds(SLOW, rules.slowSeconds)}
        </SelectField>
      </div>
      <Check on={rules.holdsAll} label={t("rule.holdsAll")} onChange={(holdsAll) => change({ holdsAll })} />
      <Check on={rules.locked} label={t("rule.locked")} onChange={(locked) => change({ locked })} />
      <div className="row wrap">
        <Policy label={t("rule.links")} value={rules.links} onChange={(links) => change({ links })} />
        <Policy
          label={t("rule.wordPolicy")}
          value={rules.wordPolicy}
          onChange={(wordPolicy) => change({ wordPolicy })}
        />
      </div>
      <TextAreaField
        label={t("rule.words")}
        hint={t("rule.wordsHint")}
        rows={4}
        maxLength={4000}
        spellCheck={false}
        value={rules.words}
        onChange={(event) => change({ words: event.target.value })}
      />
      <Check on={everywhere} label={t("rule.everywhere")} onChange={setEverywhere} />
      <Button type="submit" variant="primary" pending={pending}>
        {t("rule.save")}
      </Button>
    </form>
  );
}

function Check({ on, label, onChange }: { on: boolean; label: string; onChange: (on: boolean) => void }) {
  return (
    <label className="check">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}

function Policy({ label, value, onChange }: { label: string; value: RulePolicy; onChange: (to: RulePolicy) => void }) {
  const { t } = useText();
  return (
    <SelectField label={label} value={value} onChange={(event) => onChange(event.target.value as RulePolicy)}>
      {POLICIES.map((one) => (
        <option key={one} value={one}>
          {t(`rule.${one as "ALLOW"}`)}
        </option>
      ))}
    </SelectField>
  );
}
