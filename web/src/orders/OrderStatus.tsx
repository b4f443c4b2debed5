import { useCallback, useEffect, useState } from "react";
import { GiveUpOrderDocument, OrderOfKeyDocument, type OrderOfKeyQuery, PayOrderDocument } from "../gql/graphql.ts";
import { ConfirmDialog } from "../organize/ConfirmDialog.tsx";
import { Badge, Button, ButtonLink, Empty, FormError, SkeletonCard } from "../platform/components/index.ts";
import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { formatMoney } from "../platform/money.ts";
import { formatMoment, formatNumber } from "../platform/time/format.ts";
import { useVisitorZone, zoneLabel } from "../platform/time/zones.ts";
import type { ShopEvent } from "./OrderPage.tsx";
import { toneOf } from "./states.ts";
import { useText } from "./text.ts";

type Found = OrderOfKeyQuery["order"];

/** The buyer's order: how to pay while it waits, the receipt once it is paid. */
export function OrderStatus({ orderKey, event }: { orderKey: string; event: ShopEvent }) {
  const { t } = useText();
  const [order, setOrder] = useState<Found>();
  const [failure, setFailure] = useState<Refusal>();
  const [asking, setAsking] = useState(false);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const load = useCallback(
    () =>
      send(OrderOfKeyDocument, { key: orderKey }).then(
        (answer) => {
          setOrder(answer.order);
          setFailure(undefined);
        },
        (error: unknown) => setFailure(refusalOf(error)),
      ),
    [orderKey],
  );
  useEffect(() => {
    void load();
    const seen = () => document.visibilityState === "visible" && void load();
    document.addEventListener("visibilitychange", seen); // back from one's bank
    return () => document.removeEventListener("visibilitychange", seen);
  }, [load]);

  if (!order)
    return failure ? (
      <Empty
        icon="warn"
        title={failure.code === "not-found" ? t("noOrder.title") : t("failed")}
        action={
          failure.code === "not-found" ? (
            <ButtonLink href={`/e/${event.slug}`}>{t("noOrder.action")}</ButtonLink>
          ) : (
            <Button onClick={() => void load()}>{t("again")}</Button>
          )
        }
      >
        {failure.code === "not-found" ? t("noOrder.text") : failure.message}
      </Empty>
    ) : (
      <SkeletonCard lines={6} />
    );

  async function giveUp() {
    setPending(true);
    setRefusal(undefined);
    try {
      await send(GiveUpOrderDocument, { key: orderKey });
      setAsking(false);
    } catch (error) {
      setRefusal(refusalOf(error));
    }
    setPending(false);
    await load();
  }

  async function pay() {
    setPending(true);
    setRefusal(undefined);
    try {
      const { payOrder } = await send(PayOrderDocument, { key: orderKey });
      location.assign(payOrder);
    } catch (error) {
      setRefusal(refusalOf(error));
      await load();
    }
    setPending(false);
  }

  const receipt = order.state === "PAID" && order.total > 0;
  return (
    <div className="order-form">
      <header className="stack">
        <div className="row between wrap">
          <h1 className="h2">{receipt ? t("receipt") : t("yourOrder")}</h1>
          <Badge tone={toneOf(order.state)}>{t(`state.${order.state}`)}</Badge>
        </div>
        <p className="muted" role="status">
          {t(`told.${order.total === 0 && order.state === "PAID" ? "FREE" : order.state}`, {
            email: order.buyerEmail,
          })}
        </p>
      </header>
      {order.payableOnline && (
        <div className="stack">
          <Button variant="primary" size="lg" block pending={pending} onClick={() => void pay()}>
            {t("pay", { price: formatMoney(order.total, order.currency) })}
          </Button>
          {refusal && !asking && <FormError>{refusal.message}</FormError>}
          {order.terms ? <p className="small muted">{t("orTransfer")}</p> : <PayUntil order={order} />}
        </div>
      )}
      {order.state === "RESERVED" && order.terms && <HowToPay order={order} />}
      <div className="card pad0">
        <table className="table" aria-label={t("places", { count: order.places.length })}>
          <thead>
            <tr>
              <th scope="col">{t("guestHead")}</th>
              <th scope="col">{t("ticket")}</th>
              <th scope="col" className="r">
                {t("price")}
              </th>
            </tr>
          </thead>
          <tbody>
            {order.places.map((place) => (
              <tr key={place.email}>
                <td className="order-person">
                  {place.name}
                  <span className="small muted">{place.email}</span>
                  {order.state === "PAID" && !place.registered && <span className="small">{t("notAdmitted")}</span>}
                </td>
                <td>{place.ticketType.name}</td>
                <td className="r num">{place.price > 0 ? formatMoney(place.price, order.currency) : t("free")}</td>
              </tr>
            ))}
          </tbody>
          {order.total > 0 && (
            <tfoot>
              {order.taxes.map((line) => (
                <tr key={line.rate} className="small muted">
                  <td colSpan={2}>{t("taxOf", { rate: formatNumber(line.rate / 100) })}</td>
                  <td className="r num">{formatMoney(line.tax, order.currency)}</td>
                </tr>
              ))}
              <tr className="strong">
                <td colSpan={2}>{t("total")}</td>
                <td className="r num">{formatMoney(order.total, order.currency)}</td>
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      {receipt && <Receipt order={order} />}
      <div className="row wrap">
        {receipt && (
          <Button variant="line" onClick={() => print()}>
            {t("print")}
          </Button>
        )}
        {order.state === "RESERVED" && (
          <Button variant="ghost" onClick={() => setAsking(true)}>
            {t("giveUp")}
          </Button>
        )}
      </div>
      <ConfirmDialog
        open={asking}
        title={t("giveUpTitle")}
        action={t("giveUp")}
        dismiss={t("keep")}
        danger
        pending={pending}
        refusal={refusal}
        onConfirm={() => void giveUp()}
        onClose={() => setAsking(false)}
      >
        {t("giveUpText")}
      </ConfirmDialog>
    </div>
  );
}

function PayUntil({ order }: { order: Found }) {
  const { t } = useText();
  const zone = useVisitorZone();
  return <p className="small muted">{t("untilShort", { time: formatMoment(order.expiresAt, zone) })}</p>;
}

function HowToPay({ order }: { order: Found }) {
  const { t } = useText();
  const zone = useVisitorZone();
  return (
    <section className="card stack" aria-labelledby="how-to-pay">
      <h2 className="h4" id="how-to-pay">
        {t("howToPay")}
      </h2>
      <dl className="order-facts">
        <dt>{t("amount")}</dt>
        <dd className="strong num">{formatMoney(order.total, order.currency)}</dd>
        <dt>{t("reference")}</dt>
        <dd className="strong num">{order.reference}</dd>
        <dt>{t("until")}</dt>
        <dd>
          {formatMoment(order.expiresAt, zone)}, {zoneLabel(zone, new Date(order.expiresAt))}
        </dd>
        <dt>{t("how")}</dt>
        <dd className="order-lines">{order.terms?.instructions}</dd>
        <dt>{t("seller")}</dt>
        <dd className="order-lines">{order.terms?.seller}</dd>
      </dl>
      <p className="small muted">{t("referenceHint")}</p>
    </section>
  );
}

function Receipt({ order }: { order: Found }) {
  const { t } = useText();
  const zone = useVisitorZone();
  return (
    <dl className="order-facts">
      <dt>{t("reference")}</dt>
      <dd className="num">{order.reference}</dd>
      <dt>{t("paidAt")}</dt>
      <dd>{order.paidAt && formatMoment(order.paidAt, zone)}</dd>
      <dt>{t("buyer")}</dt>
      <dd>{order.buyerName}</dd>
      {order.terms && (
        <>
          <dt>{t("seller")}</dt>
          <dd className="order-lines">{order.terms.seller}</dd>
        </>
      )}
    </dl>
  );
}
