import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { MessageMailsDocument, SetMessageMailsDocument } from "../gql/graphql.ts";
import { peoplePath } from "../people/paths.ts";
import { usePresence } from "../people/usePresence.ts";
import { Avatar } from "../platform/components/Avatar.tsx";
import { Button, ButtonLink } from "../platform/components/Button.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { Empty, SkeletonCard } from "../platform/components/States.tsx";
import { dayKey, formatDayShort, formatTime } from "../platform/time/format.ts";
import { GroupDialog } from "./GroupDialog.tsx";
import type { EventOfMessages } from "./Inbox.tsx";
import { useText } from "./text.ts";
import { type Conversation, partners } from "./useConversations.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

interface ConversationListProps {
  event: EventOfMessages;
  me: string;
  conversations: readonly Conversation[] | undefined;
  open: string | undefined;
  onOpen: (conversation: string) => void;
  onChange: () => void;
  /** Opens when one can be asked for a meeting. */
  onOffer: () => void;
}

/** Who wrote last is first. */
export function ConversationList(props: ConversationListProps) {
  const { event, me, conversations, open, onOpen, onChange, onOffer } = props;
  const { t } = useText();
  const pairs = (conversations ?? []).filter((one) => !one.group).flatMap((one) => partners(one, me).others);
  const here = usePresence(
    event.id,
    pairs.map(({ card }) => card.person),
  );
  const [grouping, setGrouping] = useState(false);
  return (
    <section className="ll" aria-label={t("list")}>
      <div className="row between head">
        <h1 className="h3">{t("title")}</h1>
        <div className="row">
          <Button variant="ghost" size="sm" icon aria-label={t("newGroup")} onClick={() => setGrouping(true)}>
            <Icon name="plus" size="sm" />
          </Button>
          <Button variant="ghost" size="sm" icon aria-label={t("offerTimes")} onClick={onOffer}>
            <Icon name="cal" size="sm" />
          </Button>
          <ButtonLink href={peoplePath(event.slug)} variant="line" size="sm">
            <Icon name="people" size="sm" />
            {t("find")}
          </ButtonLink>
        </div>
      </div>
      {!conversations && <SkeletonCard lines={4} />}
      {conversations?.length === 0 && (
        <Empty icon="chat" title={t("none")}>
          {t("noneText")}
        </Empty>
      )}
      <ul className="threads">
        {conversations?.map((conversation) => (
          <Row
            key={conversation.id}
            me={me}
            conversation={conversation}
            here={here}
            open={conversation.id === open}
            onOpen={() => onOpen(conversation.id)}
          />
        ))}
      </ul>
      <p className="private">
        <Icon name="lock" />
        {t("private")}
      </p>
      <Mails />
      {grouping && (
        <GroupDialog
          event={event.id}
          people={pairs}
          onClose={() => setGrouping(false)}
          onStarted={(id) => {
            onChange();
            onOpen(id);
          }}
        />
      )}
    </section>
  );
}

interface RowProps {
  conversation: Conversation;
  me: string;
  here: ReadonlySet<string>;
  open: boolean;
  onOpen: () => void;
}

function Row({ conversation, me, here, open, onOpen }: RowProps) {
  const { t } = useText();
  const { name, picture, others } = partners(conversation, me);
  const isHere = !conversation.group && others.some(({ card }) => here.has(card.person));
  const { last, unread } = conversation;
  const text = last?.text || (last?.files[0] ? t("file", { name: last.files[0].name }) : "");
  const today = last && dayKey(last.at, zone) === dayKey(new Date(), zone);
  return (
    <li>
      <button type="button" className="th" aria-current={open || undefined} onClick={onOpen} data-testid="thread">
        <Avatar name={name} photoUrl={picture ?? null} {...(isHere && { presence: "on" as const })} />
        <span className="strong trunc">
          {name}
          {isHere && <span className="sr">, {t("isHere")}</span>}
        </span>
        {last && (
          <time className="tiny muted num" dateTime={last.at}>
            {today ? formatTime(last.at, zone) : formatDayShort(last.at, zone)}
          </time>
        )}
        <span className={unread > 0 ? "p small trunc strong" : "p small muted trunc"} dir="auto">
          {last?.person === me ? t("yours", { text }) : text}
        </span>
        {unread > 0 && (
          <span className="count new">
            <span className="sr">{t("fresh", { count: unread })}</span>
            <span aria-hidden="true">{unread}</span>
          </span>
        )}
      </button>
    </li>
  );
}

/** Whether mails come about what was not read. */
function Mails() {
  const { t } = useText();
  const [{ data }, again] = useQuery({ query: MessageMailsDocument, variables: {} });
  const [, set] = useMutation(SetMessageMailsDocument);
  if (data === undefined) return null;
  return (
    <label className="check small mails">
      <input
        type="checkbox"
        checked={data.messageMails}
        onChange={async (change) => {
          await set({ on: change.target.checked });
          again({ requestPolicy: "network-only" });
        }}
      />
      <span>
        {t("mails")}
        <small className="tiny muted">{t("mailsText")}</small>
      </span>
    </label>
  );
}
