import { useState } from "react";
import { useQuery } from "urql";
import { Link } from "wouter";
import {
  CancelOrderDocument,
  MarkOrderPaidDocument,
  type OrderPartsFragment,
  OrdersOfEventDocument,
  RefundOrderDocument,
} from "../gql/graphql.ts";
import { ConfirmDialog } from "../organize/ConfirmDialog.tsx";
import { type DeskPageProps, deskPath } from "../organize/desk.ts";
import { useAction } from "../organize/useAction.ts";
import { Button, Empty, Icon, SkeletonCard, useToast } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { useTitle } from "../platform/shell/title.ts";
import { zoneLabel } from "../platform/time/zones.ts";
import { OrderRow } from "./OrderRow.tsx";
import { PaymentTermsCard } from "./PaymentTermsCard.tsx";
import { useText } from "./text.ts";
import "./orders.css";

const pageSize = 50;

export type OrderMove = "paid" | "cancel" | "refund";

/** The organizer's orders: who owes, who paid, what goes back; and how tickets are paid. */
export function OrdersDesk({ event }: DeskPageProps) {
  const { t } = useText();
  const toast = useToast();
  useTitle(t("orders"), event.name);
  const [first, setFirst] = useState(pageSize);
  const [{ data, error, fetching }, ask] = useQuery({
    query: OrdersOfEventDocument,
    variables: { id: event.id, first, after: null },
  });
  const [asked, setAsked] = useState<{ order: OrderPartsFragment; move: OrderMove }>();
  const paid = useAction(MarkOrderPaidDocument);
  const cancel = useAction(CancelOrderDocument);
  const refund = useAction(RefundOrderDocument);
  const action = asked?.move === "refund" ? refund : asked?.move === "cancel" ? cancel : paid;
  const orders = data?.event?.orders;

  async function move() {
    if (!asked) return;
    const { id, reference } = asked.order;
    const state =
      asked.move === "paid"
        ? (await paid.run({ id }))?.markOrderPaid.state
        : asked.move === "cancel"
          ? (await cancel.run({ id }))?.cancelOrder.state
          : (await refund.run({ id }))?.refundOrder.state;
    if (!state) return;
    toast({ text: t("moved", { reference, state: t(`state.${state}`) }) });
    setAsked(undefined);
    ask({ requestPolicy: "network-only" });
  }

  return (
    <div className="orders-desk">
      <div className="crumb">
        <Link href={deskPath(event)}>{event.name}</Link>
        <Icon name="right" />
        <span>{t("orders")}</span>
      </div>
      <div className="headrow">
        <div>
          <h1 className="h2">{t("orders")}</h1>
          <p className="muted overview-sub">{t("ordersLead")}</p>
        </div>
      </div>
      {!orders ? (
        error && !fetching ? (
          <Empty
            icon="warn"
            title={t("failed")}
            action={<Button onClick={() => ask({ requestPolicy: "network-only" })}>{t("again")}</Button>}
          >
            {refusalOf(error).message}
          </Empty>
        ) : (
          <SkeletonCard lines={6} />
        )
      ) : (
        <>
          <PaymentTermsCard
            key={data.event?.paymentTerms ? "said" : "none"}
            event={event}
            terms={data.event?.paymentTerms ?? undefined}
            onSaved={() => ask({ requestPolicy: "network-only" })}
          />
          {orders.totalCount === 0 ? (
            <div className="card">
              <Empty icon="ticket" title={t("noOrders.title")}>
                {t("noOrders.text")}
              </Empty>
            </div>
          ) : (
            <section className="card pad0" aria-label={t("ordersCount", { count: orders.totalCount })}>
              <div className="orders-list">
                <table className="table" aria-label={t("orders")}>
                  <thead>
                    <tr>
                      <th scope="col">{t("reference")}</th>
                      <th scope="col">{t("buyer")}</th>
                      <th scope="col" className="r">
                        {t("amount")}
                      </th>
                      <th scope="col">{t("stateHead")}</th>
                      <th scope="col" className="r">
                        <span className="sr">{t("actions")}</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {orders.items.map((order) => (
                      <OrderRow
                        key={order.id}
                        order={order}
                        zone={event.timeZone}
                        onMove={(next) => {
                          paid.clear();
                          cancel.clear();
                          refund.clear();
                          setAsked({ order, move: next });
                        }}
                      />
                    ))}
                  </tbody>
                </table>
              </div>
              {orders.pageInfo.hasNextPage && first < 200 && (
                <p className="center">
                  <Button variant="line" size="sm" pending={fetching} onClick={() => setFirst(200)}>
                    {t("more")}
                  </Button>
                </p>
              )}
              <p className="tiny muted registration-zone">
                {t("zoneNote", { zone: zoneLabel(event.timeZone, new Date(event.startsAt)) })}
              </p>
            </section>
          )}
        </>
      )}
      <ConfirmDialog
        open={!!asked}
        title={asked ? t(`${asked.move}Title`, { reference: asked.order.reference }) : ""}
        action={asked ? t(`${asked.move}Act`) : ""}
        dismiss={t("leave")}
        danger={asked?.move !== "paid"}
        pending={action.pending}
        refusal={action.refusal}
        onConfirm={() => void move()}
        onClose={() => setAsked(undefined)}
      >
        {asked && t(`${asked.move}Text`)}
      </ConfirmDialog>
    </div>
  );
}
