import "./meetings.css";
import { useId, useMemo, useState } from "react";
import { useMutation, useQuery } from "urql";
import { OfferedTimesDocument, OfferMeetingTimesDocument } from "../gql/graphql.ts";
import { Button, FormError, Icon, SelectField, useToast } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { formatDayShort, formatTime } from "../platform/time/format.ts";
import { daysBetween, isFine, type Stretch, stretchOf } from "./offer.ts";
import { ownZone } from "./slots.ts";
import { useMeetingText } from "./text.ts";

interface OfferTimesProps {
  event: { id: string; slug: string };
  onClose: () => void;
}

/** When one can be asked for a meeting: at any time of the day, or at the times one names. */
export function OfferTimes({ event, onClose }: OfferTimesProps) {
  const { t } = useMeetingText();
  const title = useId();
  const [{ data }] = useQuery({
    query: OfferedTimesDocument,
    variables: { slug: event.slug },
    requestPolicy: "network-only",
  });
  const at = data?.event;
  return (
    <aside className="sl find-time" aria-labelledby={title} data-testid="offer-times">
      <div className="row between">
        <h2 className="h4" id={title}>
          {t("offer.title")}
        </h2>
        <Button variant="ghost" size="sm" icon aria-label={t("find.close")} onClick={onClose}>
          <Icon name="x" size="sm" />
        </Button>
      </div>
      <p className="small muted find-intro">{t("offer.intro")}</p>
      {at && (
        <Times event={event.id} from={at.startsAt} until={at.endsAt} offered={at.offeredTimes} onSaved={onClose} />
      )}
    </aside>
  );
}

interface TimesProps {
  event: string;
  from: string;
  until: string;
  offered: readonly Stretch[];
  onSaved: () => void;
}

function Times({ event, from, until, offered, onSaved }: TimesProps) {
  const { t } = useMeetingText();
  const toast = useToast();
  const name = useId();
  const { zone, name: place } = ownZone();
  const days = useMemo(() => daysBetween(from, until, zone), [from, until, zone]);
  const [any, setAny] = useState(offered.length === 0);
  const [times, setTimes] = useState<readonly Stretch[]>(() =>
    offered.map((one) => ({ from: new Date(one.from).toISOString(), until: new Date(one.until).toISOString() })),
  );
  const [{ fetching }, offer] = useMutation(OfferMeetingTimesDocument);
  const [refusal, setRefusal] = useState<string>();
  const change = (at: number, stretch: Stretch) => setTimes(times.map((one, n) => (n === at ? stretch : one)));
  const add = () => {
    const day = days[Math.min(times.length, days.length - 1)];
    if (day) setTimes([...times, stretchOf(day.quarters)]);
  };
  const save = async () => {
    const { error } = await offer({ event, times: any ? [] : [...times] });
    setRefusal(error ? refusalOf(error).message : undefined);
    if (error) return;
    toast({ text: t("offer.saved") });
    onSaved();
  };
  if (days.length === 0) return <p className="small">{t("offer.over")}</p>;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <fieldset className="stack">
        <legend className="sr">{t("offer.when")}</legend>
        <label className="check">
          <input type="radio" name={name} checked={any} onChange={() => setAny(true)} />
          <span>{t("offer.any")}</span>
        </label>
        <label className="check">
          <input
            type="radio"
            name={name}
            checked={!any}
            onChange={() => {
              setAny(false);
              if (times.length === 0) add();
            }}
          />
          <span>{t("offer.these")}</span>
        </label>
      </fieldset>
      {!any && (
        <>
          <p className="label">{t("find.zone", { zone: place })}</p>
          <ul className="offered">
            {times.map((one, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two may be the same while they are chosen
              <li key={at}>
                <fieldset aria-label={t("offer.time", { count: at + 1 })}>
                  <StretchFields days={days} stretch={one} zone={zone} onChange={(next) => change(at, next)} />
                  <Button
                    variant="ghost"
                    size="sm"
                    icon
                    aria-label={t("offer.remove", { count: at + 1 })}
                    onClick={() => setTimes(times.filter((_, n) => n !== at))}
                  >
                    <Icon name="x" size="sm" />
                  </Button>
                </fieldset>
              </li>
            ))}
          </ul>
          <Button variant="line" onClick={add}>
            <Icon name="plus" size="sm" />
            {t("offer.add")}
          </Button>
        </>
      )}
      {refusal && <FormError>{refusal}</FormError>}
      <Button type="submit" variant="primary" size="lg" block pending={fetching} disabled={!any && !isFine(times)}>
        {t("offer.save")}
      </Button>
      <p className="tiny muted find-note">{t("offer.note")}</p>
    </form>
  );
}

interface StretchFieldsProps {
  days: ReturnType<typeof daysBetween>;
  stretch: Stretch;
  zone: string;
  onChange: (stretch: Stretch) => void;
}

function StretchFields({ days, stretch, zone, onChange }: StretchFieldsProps) {
  const { t } = useMeetingText();
  const day = days.find(({ quarters }) => quarters.includes(stretch.from)) ?? days[0];
  const quarters = day?.quarters ?? [];
  return (
    <>
      <SelectField
        label={t("offer.day")}
        value={day?.day}
        onChange={({ target }) => onChange(stretchOf(days.find((one) => one.day === target.value)?.quarters ?? []))}
      >
        {days.map((one) => (
          <option key={one.day} value={one.day}>
            {formatDayShort(one.quarters[0] ?? "", zone)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t("offer.from")}
        value={stretch.from}
        onChange={({ target }) =>
          onChange({
            from: target.value,
            until: target.value < stretch.until ? stretch.until : (quarters.at(-1) ?? target.value),
          })
        }
      >
        {quarters.slice(0, -1).map((at) => (
          <option key={at} value={at}>
            {formatTime(at, zone)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t("offer.until")}
        value={stretch.until}
        onChange={({ target }) => onChange({ ...stretch, until: target.value })}
      >
        {quarters
          .filter((at) => at > stretch.from)
          .map((at) => (
            <option key={at} value={at}>
              {formatTime(at, zone)}
            </option>
          ))}
      </SelectField>
    </>
  );
}
