import { useCallback, useEffect, useState } from "react";
import { useParams } from "wouter";
import { ShopDocument, type ShopQuery } from "../gql/graphql.ts";
import { Button, ButtonLink, Icon } from "../platform/components/index.ts";
import { brand } from "../platform/design/brand.ts";
import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { MessagePage } from "../platform/shell/Message.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { OrderForm } from "./OrderForm.tsx";
import { OrderStatus } from "./OrderStatus.tsx";
import { useText } from "./text.ts";
import "./orders.css";

export type ShopEvent = NonNullable<ShopQuery["event"]>;

/** Choosing tickets and, once ordered, how the order stands. Its key is behind the hash, which no server is sent. */
export default function OrderPage() {
  const { t } = useText();
  const { slug } = useParams<{ slug: string }>();
  const [shop, setShop] = useState<ShopQuery>();
  const [failure, setFailure] = useState<Refusal>();
  const [key, setKey] = useHash();
  const load = useCallback(
    () => send(ShopDocument, { slug }).then(setShop, (error: unknown) => setFailure(refusalOf(error))),
    [slug],
  );
  useEffect(() => void load(), [load]);
  useTitle(key ? t("yourOrder") : t("order"), shop?.event?.name);

  const event = shop?.event;
  if (shop && !event)
    return (
      <MessagePage title={t("notHere.title")} action={<ButtonLink href="/">{t("notHere.action")}</ButtonLink>}>
        {t("notHere.text")}
      </MessagePage>
    );
  if (!event)
    return failure ? (
      <MessagePage
        title={t("failed")}
        action={
          <Button
            onClick={() => {
              setFailure(undefined);
              void load();
            }}
          >
            {t("again")}
          </Button>
        }
      >
        {failure.message}
      </MessagePage>
    ) : (
      <main id="main" className="order-page" aria-busy="true" />
    );
  return (
    <div className="ebody" {...brand(event.accent)}>
      <main id="main" className="order-page">
        <a className="order-back" href={`/e/${event.slug}`}>
          <Icon name="left" size="sm" />
          {event.name}
        </a>
        {key ? (
          <OrderStatus orderKey={key} event={event} />
        ) : (
          <OrderForm event={event} viewer={shop.viewer} reload={load} onOrdered={setKey} />
        )}
      </main>
    </div>
  );
}

/** What is behind the hash of the address, as it is and as it becomes. */
function useHash(): [string, (hash: string) => void] {
  const [hash, setHash] = useState(() => location.hash.slice(1));
  useEffect(() => {
    const read = () => setHash(location.hash.slice(1));
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);
  return [
    hash,
    (next) => {
      history.replaceState(null, "", `#${next}`); // going back leads to the event, not to an empty form
      setHash(next);
      scrollTo(0, 0);
    },
  ];
}
