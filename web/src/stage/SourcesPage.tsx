import { type FormEvent, useState } from "react";
import { useMutation, useQuery } from "urql";
import { useParams } from "wouter";
import {
  CreateStreamKeyDocument,
  IngestDocument,
  type IngestQuery,
  RevokeStreamKeyDocument,
  RotateStreamKeyDocument,
  ShowExternalDocument,
  SourcesDocument,
  type SourcesQuery,
} from "../gql/graphql.ts";
import { Button, ButtonLink, FormError, Icon, Skeleton, TextField, useToast } from "../platform/components/index.ts";
import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";
import { MessagePage } from "../platform/shell/Message.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { formatMoment } from "../platform/time/format.ts";
import { useVisitorZone } from "../platform/time/zones.ts";
import { useText } from "./text.ts";
import "./sources.css";

type SourcesRoom = NonNullable<SourcesQuery["room"]>;
type StreamKey = IngestQuery["ingest"]["keys"][number];

/** What a stage can show besides a browser's camera: encoders with stream keys, and streams from elsewhere. For the crew. */
export default function SourcesPage() {
  const { t } = useText();
  const { slug, room: address } = useParams<{ slug: string; room: string }>();
  const [{ data, fetching }] = useQuery({ query: SourcesDocument, variables: { event: slug, slug: address } });
  const room = data?.room;
  const [{ data: found, error }, ask] = useQuery({
    query: IngestDocument,
    variables: { room: room?.id ?? "" },
    pause: !room,
  });
  useTitle(t("sources.title"), room?.name ?? "");
  if (fetching || (room && !found && !error)) return <Skeleton height={320} />;
  if (!room || !found) {
    return (
      <MessagePage
        title={t("notYours.title")}
        action={
          <ButtonLink href={`/e/${slug}`} variant="primary">
            {t("notYours.action")}
          </ButtonLink>
        }
      >
        {t("notYours.text")}
      </MessagePage>
    );
  }
  return (
    <main id="main" className="sources">
      <header>
        <ButtonLink href={`/e/${slug}/studio/${address}`} variant="ghost" size="sm">
          <Icon name="left" />
          {t("sources.back")}
        </ButtonLink>
        <h1 className="h2">{t("sources.title")}</h1>
      </header>
      <p className="muted">{t("sources.lead", { room: room.name })}</p>
      <Elsewhere room={room} back={`/e/${slug}/rooms/${address}`} />
      <Encoders room={room} ingest={found.ingest} again={() => ask({ requestPolicy: "network-only" })} />
    </main>
  );
}

function Elsewhere({ room, back }: { room: SourcesRoom; back: string }) {
  const { t } = useText();
  const [url, setUrl] = useState("");
  const [refusal, setRefusal] = useState<Refusal>();
  const [{ fetching, data }, show] = useMutation(ShowExternalDocument);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setRefusal(undefined);
    const { error } = await show({ room: room.id, url });
    if (error) setRefusal(refusalOf(error));
  };
  return (
    <section className="card sources-part" aria-labelledby="elsewhere">
      <h2 className="h4" id="elsewhere">
        {t("sources.elsewhere")}
      </h2>
      {data ? (
        <>
          <p role="status">{t("sources.shown")}</p>
          <ButtonLink href={back} variant="quiet">
            <Icon name="live" />
            {t("sources.see")}
          </ButtonLink>
        </>
      ) : (
        <form onSubmit={submit} noValidate>
          <TextField
            label={t("sources.address")}
            hint={t("sources.addressHint")}
            error={refusal?.field === "url" ? refusal.message : undefined}
            type="url"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
            required
          />
          {refusal && refusal.field !== "url" && <FormError>{refusal.message}</FormError>}
          <Button variant="primary" type="submit" disabled={fetching || !url.trim()}>
            {t("sources.show")}
          </Button>
        </form>
      )}
    </section>
  );
}

interface EncodersProps {
  room: SourcesRoom;
  ingest: IngestQuery["ingest"];
  again: () => void;
}

function Encoders({ room, ingest, again }: EncodersProps) {
  const { t } = useText();
  const [name, setName] = useState("");
  const [made, setMade] = useState<{ id: string; secret: string }>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [, create] = useMutation(CreateStreamKeyDocument);
  const [, rotate] = useMutation(RotateStreamKeyDocument);
  const [, revoke] = useMutation(RevokeStreamKeyDocument);
  const told = (answer: { key: { id: string }; secret: string } | undefined, error: unknown) => {
    setRefusal(error ? refusalOf(error) : undefined);
    if (answer) setMade({ id: answer.key.id, secret: answer.secret });
    again();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { data, error } = await create({ room: room.id, name });
    if (data) setName("");
    told(data?.createStreamKey, error);
  };
  return (
    <section className="card sources-part" aria-labelledby="encoders">
      <h2 className="h4" id="encoders">
        {t("sources.encoders")}
      </h2>
      {ingest.rtmpUrl ? (
        <p>
          {t("sources.server")} <code className="mono">{ingest.rtmpUrl}</code>
        </p>
      ) : (
        <p className="muted">{t("sources.noRtmp")}</p>
      )}
      <ul className="sources-keys">
        {ingest.keys.map((key) => (
          <li key={key.id}>
            <KeyLine
              streamKey={key}
              secret={made?.id === key.id ? made.secret : undefined}
              onRotate={async () => {
                const { data, error } = await rotate({ id: key.id });
                told(data?.rotateStreamKey, error);
              }}
              onRevoke={async () => {
                const { error } = await revoke({ id: key.id });
                told(undefined, error);
              }}
            />
          </li>
        ))}
      </ul>
      <form onSubmit={submit} noValidate>
        <TextField
          label={t("sources.keyName")}
          hint={t("sources.keyNameHint")}
          error={refusal?.field === "name" ? refusal.message : undefined}
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.target.value)}
        />
        {refusal && refusal.field !== "name" && <FormError>{refusal.message}</FormError>}
        <Button variant="primary" type="submit" disabled={!name.trim()}>
          {t("sources.makeKey")}
        </Button>
      </form>
    </section>
  );
}

interface KeyLineProps {
  streamKey: StreamKey;
  secret: string | undefined;
  onRotate: () => void;
  onRevoke: () => void;
}

function KeyLine({ streamKey, secret, onRotate, onRevoke }: KeyLineProps) {
  const { t } = useText();
  const zone = useVisitorZone();
  const toast = useToast();
  const copy = () =>
    navigator.clipboard.writeText(secret ?? "").then(
      () => toast({ text: t("sources.copied") }),
      () => undefined, // whoever may not copy reads it
    );
  return (
    <>
      <div className="sources-key">
        <span className="grow">
          <b>{streamKey.name}</b>{" "}
          <span className="muted small">
            {streamKey.lastUsedAt
              ? t("sources.used", { time: formatMoment(streamKey.lastUsedAt, zone) })
              : t("sources.unused")}
          </span>
        </span>
        <Button variant="quiet" size="sm" onClick={onRotate}>
          {t("sources.rotate")}
        </Button>
        <Button variant="quiet" size="sm" onClick={onRevoke}>
          {t("sources.revoke")}
        </Button>
      </div>
      {secret && (
        <div className="sources-key">
          <p className="sources-secret grow" role="status">
            {t("sources.secret")} <code className="mono">{secret}</code>
          </p>
          <Button variant="quiet" size="sm" onClick={copy}>
            {t("sources.copy")}
          </Button>
        </div>
      )}
    </>
  );
}
