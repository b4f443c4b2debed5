import { useEffect, useState } from "react";
import { useQuery } from "urql";
import {
  CancelRegistrationOfDocument,
  EventRegistrationsDocument,
  type EventRegistrationsQuery,
} from "../gql/graphql.ts";
import { Avatar, Badge, Button, Empty, Icon, SkeletonCard, useToast } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { formatMoment } from "../platform/time/format.ts";
import { zoneLabel } from "../platform/time/zones.ts";
import { ConfirmDialog } from "./ConfirmDialog.tsx";
import type { DeskPageProps } from "./desk.ts";
import { useOrganizeText } from "./text.ts";
import { useAction } from "./useAction.ts";

type Registered = NonNullable<EventRegistrationsQuery["event"]>["registrations"]["items"][number];

const PAGE_SIZE = 50;

/** Everyone who registered, newest page by page. */
export function RegistrationTable({ event }: DeskPageProps) {
  const { t } = useOrganizeText();
  const toast = useToast();
  // Where each further page starts; the first has no mark.
  const [marks, setMarks] = useState<(string | null)[]>([null]);
  const [asked, setAsked] = useState<Registered>();
  const [{ data, error, fetching }, ask] = useQuery({
    query: EventRegistrationsDocument,
    variables: { id: event.id, first: PAGE_SIZE, after: null },
  });
  const cancel = useAction(CancelRegistrationOfDocument);
  const total = data?.event?.registrations.totalCount;

  const confirm = async () => {
    if (!asked || !(await cancel.run({ id: asked.id }))) return;
    toast({ text: t("registration.cancelDone", { name: asked.name }) });
    setAsked(undefined);
  };

  return (
    <section aria-labelledby="people" className="registrations">
      <div className="row between registration-title">
        <h2 className="h4" id="people">
          {t("registration.people")}
        </h2>
        <span className="small muted num">
          {total !== undefined && t("registration.peopleCount", { count: total })}
        </span>
      </div>
      {!data && error ? (
        <div className="card">
          <Empty
            icon="warn"
            title={t("failed")}
            action={
              <Button variant="line" onClick={() => ask({ requestPolicy: "network-only" })}>
                {t("tryAgain")}
              </Button>
            }
          >
            {refusalOf(error).message}
          </Empty>
        </div>
      ) : !data && fetching ? (
        <SkeletonCard lines={6} />
      ) : total === 0 ? (
        <div className="card">
          <Empty icon="people" title={t("registration.empty.title")}>
            {event.status === "DRAFT" ? t("registration.empty.draft") : t("registration.empty.published")}
          </Empty>
        </div>
      ) : (
        <div className="card pad0">
          <table className="table registration-table" aria-label={t("registration.table")}>
            <thead>
              <tr>
                <th scope="col">{t("registration.person")}</th>
                <th scope="col" className="hide-s">
                  {t("registration.ticket")}
                </th>
                <th scope="col" className="hide-s">
                  {t("registration.when")}
                </th>
                <th scope="col">{t("registration.state")}</th>
                <th scope="col" className="r">
                  <span className="sr">{t("registration.actions")}</span>
                </th>
              </tr>
            </thead>
            {marks.map((after, at) => (
              <PageOfRegistrations
                key={after ?? "first"}
                event={event}
                after={after}
                last={at === marks.length - 1}
                onMore={(mark) => setMarks([...marks, mark])}
                onCancel={(registration) => {
                  cancel.clear();
                  setAsked(registration);
                }}
              />
            ))}
          </table>
          <p className="tiny muted registration-zone">
            {t("registration.zoneNote", { zone: zoneLabel(event.timeZone, new Date(event.startsAt)) })}
          </p>
        </div>
      )}
      <ConfirmDialog
        open={!!asked}
        title={t("registration.cancelTitle", { name: asked?.name ?? "" })}
        action={t("registration.cancelAct")}
        dismiss={t("registration.keep")}
        danger
        pending={cancel.pending}
        refusal={cancel.refusal}
        onConfirm={() => void confirm()}
        onClose={() => setAsked(undefined)}
      >
        {t("registration.cancelText")}
      </ConfirmDialog>
    </section>
  );
}

interface PageOfRegistrationsProps extends DeskPageProps {
  after: string | null;
  last: boolean;
  onMore: (mark: string) => void;
  onCancel: (registration: Registered) => void;
}

function PageOfRegistrations({ event, after, last, onMore, onCancel }: PageOfRegistrationsProps) {
  const { t } = useOrganizeText();
  const [{ data, error, fetching }, ask] = useQuery({
    query: EventRegistrationsDocument,
    variables: { id: event.id, first: PAGE_SIZE, after },
  });
  // A page that was already shown stays while it is asked again.
  const [shown, setShown] = useState(data?.event?.registrations);
  const fresh = data?.event?.registrations;
  useEffect(() => {
    if (fresh) setShown(fresh);
  }, [fresh]);
  const page = fresh ?? shown;
  const next = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined;
  return (
    <tbody>
      {(page?.items ?? []).map((registration) => (
        <Row key={registration.id} registration={registration} zone={event.timeZone} onCancel={onCancel} />
      ))}
      {last && (next || !page) && (
        <tr className="registration-more">
          <td colSpan={5}>
            {error && !page ? (
              <>
                <span className="small muted">{refusalOf(error).message}</span>{" "}
                <Button variant="line" size="sm" onClick={() => ask({ requestPolicy: "network-only" })}>
                  {t("tryAgain")}
                </Button>
              </>
            ) : (
              <Button variant="line" size="sm" pending={fetching && !page} onClick={() => next && onMore(next)}>
                {t("registration.showMore")}
              </Button>
            )}
          </td>
        </tr>
      )}
    </tbody>
  );
}

interface RowProps {
  registration: Registered;
  zone: string;
  onCancel: (registration: Registered) => void;
}

function Row({ registration, zone, onCancel }: RowProps) {
  const { t } = useOrganizeText();
  const gone = !!registration.cancelledAt;
  return (
    <tr className={gone ? "gone" : undefined}>
      <td>
        <span className="row">
          <Avatar name={registration.name || registration.email} size="xs" />
          <span className="registered">
            <b className="strong">{registration.name}</b>
            <span className="small muted">{registration.email}</span>
          </span>
        </span>
      </td>
      <td className="hide-s">{registration.ticketType.name}</td>
      <td className="hide-s">{formatMoment(registration.registeredAt, zone)}</td>
      <td>
        {gone ? (
          <Badge icon="undo">{t("registration.cancelled")}</Badge>
        ) : (
          <Badge tone="success" icon="check">
            {t("registration.confirmed")}
          </Badge>
        )}
      </td>
      <td className="r">
        {!gone && (
          <Button
            variant="ghost"
            size="sm"
            icon
            aria-label={t("registration.cancelOf", { name: registration.name })}
            onClick={() => onCancel(registration)}
          >
            <Icon name="x" size="sm" />
          </Button>
        )}
      </td>
    </tr>
  );
}
