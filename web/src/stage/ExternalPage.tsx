import "../platform/design/components-live.css";
import "./external.css";
import { useEffect, useRef } from "react";
import { useQuery } from "urql";
import { useParams } from "wouter";
import { ExternalDocument } from "../gql/graphql.ts";
import { StagePlayer } from "../rooms/player.ts";
import { useText } from "./text.ts";

/** What a stage shows from elsewhere. Framed by the room's page, because this page alone may reach the other site. */
export default function ExternalPage() {
  const { t } = useText();
  const { broadcast } = useParams<{ broadcast: string }>();
  const [{ data, fetching }] = useQuery({ query: ExternalDocument, variables: { broadcast } });
  const source = data?.external;
  if (fetching) return null;
  if (!source) return <p className="external-gone">{t("external.gone")}</p>;
  if (source.kind === "HLS") return <Playlist url={source.url} />;
  return (
    <iframe
      className="external-player"
      src={source.url}
      title={t("external.title")}
      allow="autoplay; fullscreen; picture-in-picture; encrypted-media"
      // Its player runs, and may open its own pages; it may not take ours away.
      sandbox="allow-scripts allow-same-origin allow-popups allow-presentation"
      // Players of videos want to know which site shows them.
      referrerPolicy="strict-origin-when-cross-origin"
    />
  );
}

function Playlist({ url }: { url: string }) {
  const { t } = useText();
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (!video.current) return;
    const player = new StagePlayer(video.current, () => undefined);
    player.load(url);
    return () => player.close();
  }, [url]);
  return (
    // biome-ignore lint/a11y/useMediaCaption: captions are in the stream, if it has any
    <video
      ref={video}
      className="external-player"
      data-testid="external-video"
      aria-label={t("external.title")}
      playsInline
      controls
    />
  );
}
