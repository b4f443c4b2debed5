import { useState } from "react";
import { AddToGroupDocument, LeaveConversationDocument, RemoveFromGroupDocument } from "../gql/graphql.ts";
import { PersonMenu } from "../people/PersonMenu.tsx";
import type { ReportOf } from "../people/ReportDialog.tsx";
import { Avatar } from "../platform/components/Avatar.tsx";
import { Button } from "../platform/components/Button.tsx";
import { Dialog } from "../platform/components/Dialog.tsx";
import { FormError } from "../platform/components/Field.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { useText } from "./text.ts";
import type { Conversation } from "./useConversations.ts";

interface GroupPeopleProps {
  event: { id: string; slug: string };
  me: string;
  conversation: Conversation;
  /** Whom one could bring in: people one writes with. */
  known: readonly { card: { person: string; name: string } }[];
  here: ReadonlySet<string>;
  /** For a report of one of them. */
  about: ReportOf;
  onChange: () => void;
  onLeft: () => void;
  onClose: () => void;
}

/** Who is in a group: bring people in, take them out, leave. */
export function GroupPeople(props: GroupPeopleProps) {
  const { event, me, conversation, known, here, about, onChange, onLeft, onClose } = props;
  const { t } = useText();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const within = new Set(conversation.members.map(({ card }) => card.person));
  const others = known.filter(({ card }) => !within.has(card.person));
  const act = async (change: () => Promise<unknown>, done: () => void) => {
    setPending(true);
    setFailure(undefined);
    try {
      await change();
      done();
    } catch (error) {
      setFailure(refusalOf(error).message);
    } finally {
      setPending(false);
    }
  };
  const { id } = conversation;
  const remove = (person: string) => act(() => send(RemoveFromGroupDocument, { conversation: id, person }), onChange);
  const add = () =>
    act(
      () => send(AddToGroupDocument, { conversation: id, people: [...chosen] }),
      () => {
        setChosen(new Set());
        onChange();
      },
    );
  const leave = () => act(() => send(LeaveConversationDocument, { conversation: id }), onLeft);
  return (
    <Dialog
      open
      kind="sheet"
      onClose={onClose}
      title={t("groupPeople")}
      actions={
        <>
          <Button variant="ghost" disabled={pending} onClick={() => void leave()}>
            <Icon name="leave" size="sm" />
            {t("leave")}
          </Button>
          <Button variant="primary" onClick={onClose}>
            {t("close")}
          </Button>
        </>
      }
    >
      <div className="stack">
        <ul className="group-members" data-testid="group-members">
          {conversation.members.map(({ card }) => (
            <li className="row" key={card.person}>
              <Avatar
                name={card.name}
                photoUrl={card.picture ?? null}
                {...(here.has(card.person) && { presence: "on" as const })}
              />
              <span className="grow">
                <b className="strong">{card.person === me ? t("youToo", { name: card.name }) : card.name}</b>
                <small className="tiny muted">
                  {[card.person === conversation.keeper && t("keeper"), here.has(card.person) && t("isHere")]
                    .filter(Boolean)
                    .join(" · ")}
                </small>
              </span>
              {card.person !== me && conversation.keeper === me && (
                <Button
                  variant="ghost"
                  size="sm"
                  disabled={pending}
                  aria-label={t("takeOut", { name: card.name })}
                  onClick={() => void remove(card.person)}
                >
                  {t("takeOutShort")}
                </Button>
              )}
              {card.person !== me && (
                <PersonMenu event={event} person={{ id: card.person, name: card.name }} about={about} />
              )}
            </li>
          ))}
        </ul>
        {others.length > 0 && (
          <fieldset className="stack group-people">
            <legend className="label">{t("bringIn")}</legend>
            <p className="small muted">{t("bringInText")}</p>
            {others.map(({ card }) => (
              <label className="check" key={card.person}>
                <input
                  type="checkbox"
                  checked={chosen.has(card.person)}
                  onChange={(change) => {
                    const next = new Set(chosen);
                    if (change.target.checked) next.add(card.person);
                    else next.delete(card.person);
                    setChosen(next);
                  }}
                />
                <span>{card.name}</span>
              </label>
            ))}
            <Button variant="line" pending={pending} disabled={chosen.size === 0} onClick={() => void add()}>
              <Icon name="userplus" size="sm" />
              {t("bringInAction")}
            </Button>
          </fieldset>
        )}
        {failure && <FormError>{failure}</FormError>}
      </div>
    </Dialog>
  );
}
