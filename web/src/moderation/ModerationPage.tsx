import "./moderation.css";
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import { useQuery } from "urql";
import { Link, useParams } from "wouter";
import {
  AdmitQuestionDocument,
  CloseReportDocument,
  DecideHeldDocument,
  DismissQuestionDocument,
  ModerationPageDocument,
  type ModerationPageQuery,
} from "../gql/graphql.ts";
import { ButtonLink, Icon, SelectField, SkeletonCard } from "../platform/components/index.ts";
import { brand } from "../platform/design/brand.ts";
import { send } from "../platform/graph/send.ts";
import { MessagePage } from "../platform/shell/Message.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { AuditLog } from "./AuditLog.tsx";
import { ItemDetail } from "./ItemDetail.tsx";
import { keyOf, QueueList } from "./QueueList.tsx";
import { Restricted } from "./Restricted.tsx";
import RulesForm from "./RulesForm.tsx";
import { useText } from "./text.ts";
import { useAct } from "./useAct.ts";
import { type QueueItem, useModeration } from "./useModeration.ts";

type EventOfPage = NonNullable<ModerationPageQuery["event"]>;
const VIEWS = ["waiting", "restricted", "rules", "log"] as const;
const KINDS = ["all", "report", "held", "question", "appeal"] as const;

/** The one queue of an event's moderators. */
export default function ModerationPage() {
  const { t } = useText();
  const { slug } = useParams<{ slug: string }>();
  const [{ data, fetching }] = useQuery({ query: ModerationPageDocument, variables: { slug } });
  if (data?.event && data.viewer) return <Desk event={data.event} />;
  if (fetching) {
    return (
      <main id="main" className="mod-page">
        <SkeletonCard lines={6} />
      </main>
    );
  }
  return <NotForYou slug={slug} title={t("notHere")} />;
}

function NotForYou({ slug, title }: { slug: string; title: string }) {
  const { t } = useText();
  return (
    <MessagePage
      title={title}
      action={
        <ButtonLink href={`/e/${slug}`} variant="primary">
          {t("toEvent")}
        </ButtonLink>
      }
    >
      {t("notHereText")}
    </MessagePage>
  );
}

function Desk({ event }: { event: EventOfPage }) {
  const { t } = useText();
  useTitle(t("title"), event.name);
  const { queue, refusal, refresh } = useModeration(event.id);
  const [view, setView] = useState<(typeof VIEWS)[number]>("waiting");
  const tabs = useRef<Partial<Record<string, HTMLButtonElement | null>>>({});
  if (refusal?.code === "not-found" || refusal?.code === "sign-in-required")
    return <NotForYou slug={event.slug} title={t("notHere")} />;
  const views = VIEWS.filter((one) => one !== "log" || queue?.seesLog);
  const walk = (key: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key.key];
    if (!step) return;
    const next = views[(views.indexOf(view) + step + views.length) % views.length] ?? "waiting";
    setView(next);
    tabs.current[next]?.focus();
  };
  return (
    <div className="mod-page" {...brand(event.accent)}>
      <a className="skip" href="#main">
        {t("skip")}
      </a>
      <header className="mod-top">
        <div className="crumb">
          <Link href={`/e/${event.slug}`}>{event.name}</Link>
          <Icon name="right" />
          <span>{t("title")}</span>
        </div>
        <h1 className="h2">{t("title")}</h1>
        <div className="tabs" role="tablist" aria-label={t("views")} onKeyDown={walk}>
          {views.map((one) => (
            <button
              type="button"
              key={one}
              ref={(button) => {
                tabs.current[one] = button;
              }}
              className="tab"
              role="tab"
              id={`mod-${one}`}
              aria-selected={view === one}
              aria-controls="mod-panel"
              tabIndex={view === one ? 0 : -1}
              onClick={() => setView(one)}
            >
              {t(one)}
              {one === "waiting" && !!queue?.items.length && <span className="count new">{queue.items.length}</span>}
              {one === "restricted" && !!queue?.restricted.length && (
                <span className="count">{queue.restricted.length}</span>
              )}
            </button>
          ))}
        </div>
      </header>
      <main id="main">
        <div role="tabpanel" id="mod-panel" aria-labelledby={`mod-${view}`}>
          {!queue ? (
            <SkeletonCard lines={6} />
          ) : view === "waiting" ? (
            <Waiting event={event.id} items={queue.items} ahead={queue.now - Date.now()} refresh={refresh} />
          ) : view === "restricted" ? (
            <Restricted restricted={queue.restricted} onDone={refresh} />
          ) : view === "rules" ? (
            <Rules event={event} />
          ) : (
            <AuditLog event={event.id} />
          )}
        </div>
      </main>
    </div>
  );
}

interface WaitingProps {
  event: string;
  items: readonly QueueItem[];
  ahead: number;
  refresh: () => Promise<void>;
}

function Waiting({ event, items, ahead: aheadNow, refresh }: WaitingProps) {
  const { t } = useText();
  const [ahead] = useState(aheadNow);
  const [kind, setKind] = useState<(typeof KINDS)[number]>("all");
  const [current, setCurrent] = useState<string>();
  const { run } = useAct(refresh);
  const shown = items.filter((item) => kind === "all" || item.kind === kind);
  const item = shown.find((one) => keyOf(one) === current) ?? shown[0];
  const decide = useCallback(
    (one: QueueItem, through: boolean) => {
      const { id, room } = one;
      if (one.kind === "held" && room) void run(() => send(DecideHeldDocument, { room, id, through }));
      else if (one.kind === "question" && room)
        void run(() =>
          through ? send(AdmitQuestionDocument, { room, id }) : send(DismissQuestionDocument, { room, id }),
        );
      else if (one.kind === "report" && through) void run(() => send(CloseReportDocument, { id }));
    },
    [run],
  );
  return (
    <div className="mod-columns">
      <div>
        <div className="row wrap mod-kinds" role="group" aria-label={t("kinds")}>
          {KINDS.map((one) => (
            <button type="button" className="chip" key={one} aria-pressed={kind === one} onClick={() => setKind(one)}>
              {t(one)}{" "}
              <span className="num">{one === "all" ? items.length : items.filter((i) => i.kind === one).length}</span>
            </button>
          ))}
        </div>
        <p className="tiny muted">{t("keys")}</p>
        <News items={items} />
        <QueueList
          items={shown}
          ahead={ahead}
          current={item && keyOf(item)}
          onCurrent={setCurrent}
          onLet={(one) => decide(one, true)}
          onDecline={(one) => decide(one, false)}
        />
      </div>
      {item ? (
        <ItemDetail
          key={keyOf(item)}
          event={event}
          item={item}
          onLet={() => decide(item, true)}
          onDecline={() => decide(item, false)}
          onDone={refresh}
        />
      ) : null}
    </div>
  );
}

/** Says politely how many are new. */
function News({ items }: { items: readonly QueueItem[] }) {
  const { t } = useText();
  const seen = useRef<ReadonlySet<string>>(undefined);
  const [words, setWords] = useState("");
  useEffect(() => {
    const fresh = seen.current ? items.filter((item) => !seen.current?.has(keyOf(item))).length : 0;
    if (fresh > 0) setWords(t("news", { count: fresh }));
    seen.current = new Set(items.map(keyOf));
  }, [items, t]);
  return (
    <p className="sr" role="status">
      {words}
    </p>
  );
}

function Rules({ event }: { event: EventOfPage }) {
  const { t } = useText();
  const rooms = event.rooms.filter(({ kind }) => kind !== "BACKSTAGE");
  const [id, setId] = useState(rooms.find(({ kind }) => kind === "STAGE")?.id ?? rooms[0]?.id);
  const room = rooms.find((one) => one.id === id);
  return (
    <div className="stack mod-rules">
      <SelectField label={t("rules")} value={id ?? ""} onChange={(change) => setId(change.target.value)}>
        {rooms.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </SelectField>
      {room && <RulesForm room={room} key={room.id} />}
    </div>
  );
}
