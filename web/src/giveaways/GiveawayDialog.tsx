import { useState } from "react";
import { useQuery } from "urql";
import { type Eligible, MakeGiveawayDocument, PollsToChooseDocument } from "../gql/graphql.ts";
import type { DeskPageProps } from "../organize/desk.ts";
import { EditDialog } from "../organize/EditDialog.tsx";
import { fieldError, formError, useAction } from "../organize/useAction.ts";
import { FormError, SelectField, TextField } from "../platform/components/index.ts";
import { useText } from "./text.ts";

const RULES: readonly Eligible[] = ["HERE", "CAME", "VOTED", "POINTS"];

/** What is given away and who takes part. */
export function GiveawayDialog({
  event,
  onMade,
  onClose,
}: DeskPageProps & { onMade: () => void; onClose: () => void }) {
  const { t } = useText();
  const [prize, setPrize] = useState("");
  const [winners, setWinners] = useState(1);
  const [eligible, setEligible] = useState<Eligible>("HERE");
  const [room, setRoom] = useState(event.rooms.find(({ kind }) => kind === "STAGE")?.id ?? event.rooms[0]?.id ?? "");
  const [poll, setPoll] = useState("");
  const [leastPoints, setLeastPoints] = useState(20);
  const [{ data }] = useQuery({
    query: PollsToChooseDocument,
    variables: { room },
    pause: eligible !== "VOTED" || room === "",
  });
  const polls = data?.polls.polls.filter(({ state }) => state !== "DRAFT") ?? [];
  const make = useAction(MakeGiveawayDocument);
  const fields = ["prize", "winners", "poll", "leastPoints"];
  return (
    <EditDialog
      title={t("make")}
      pending={make.pending}
      onClose={onClose}
      onSubmit={async () => {
        const input = {
          event: event.id,
          prize,
          winners,
          eligible,
          ...(eligible === "VOTED" && { poll: poll || (polls[0]?.id ?? "") }),
          ...(eligible === "POINTS" && { leastPoints }),
        };
        if (await make.run({ input })) onMade();
      }}
    >
      <TextField
        label={t("prize")}
        value={prize}
        maxLength={120}
        error={fieldError(undefined, make.refusal, "prize")}
        onChange={(e) => setPrize(e.target.value)}
      />
      <TextField
        label={t("howMany")}
        type="number"
        min={1}
        max={20}
        value={winners}
        error={fieldError(undefined, make.refusal, "winners")}
        onChange={(e) => setWinners(Math.trunc(Number(e.target.value)))}
      />
      <SelectField label={t("who")} value={eligible} onChange={(e) => setEligible(e.target.value as Eligible)}>
        {RULES.map((rule) => (
          <option key={rule} value={rule}>
            {t(`rule.${rule}`)}
          </option>
        ))}
      </SelectField>
      {eligible === "VOTED" && (
        <>
          <SelectField label={t("room")} value={room} onChange={(e) => setRoom(e.target.value)}>
            {event.rooms.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={t("poll")}
            value={poll}
            error={fieldError(undefined, make.refusal, "poll")}
            onChange={(e) => setPoll(e.target.value)}
          >
            {polls.map((one) => (
              <option key={one.id} value={one.id}>
                {one.question}
              </option>
            ))}
          </SelectField>
        </>
      )}
      {eligible === "POINTS" && (
        <TextField
          label={t("least")}
          type="number"
          min={1}
          max={1000}
          value={leastPoints}
          error={fieldError(undefined, make.refusal, "leastPoints")}
          onChange={(e) => setLeastPoints(Math.trunc(Number(e.target.value)))}
        />
      )}
      {formError(make.refusal, fields) && <FormError>{formError(make.refusal, fields)}</FormError>}
    </EditDialog>
  );
}
