import type { OrderPartsFragment } from "../gql/graphql.ts";
import { Badge, Button } from "../platform/components/index.ts";
import { formatMoney } from "../platform/money.ts";
import { formatMoment } from "../platform/time/format.ts";
import type { OrderMove } from "./OrdersDesk.tsx";
import { toneOf } from "./states.ts";
import { useText } from "./text.ts";

interface OrderRowProps {
  order: OrderPartsFragment;
  zone: string;
  onMove: (move: OrderMove) => void;
}

/** One order, with what can be done about it. */
export function OrderRow({ order, zone, onMove }: OrderRowProps) {
  const { t } = useText();
  const { reference, state } = order;
  const moves = movesOf(order);
  return (
    <tr>
      <td className="num">
        <b className="strong">{reference}</b>
        <br />
        <span className="small muted">{formatMoment(order.orderedAt, zone)}</span>
      </td>
      <td className="order-person">
        {order.buyerName}
        <span className="small muted">{order.buyerEmail}</span>
        <span className="small muted">{t("places", { count: order.places.length })}</span>
        {state === "PAID" && order.places.some(({ registered }) => !registered) && (
          <span className="small">{t("notAdmitted")}</span>
        )}
      </td>
      <td className="r num">{order.total > 0 ? formatMoney(order.total, order.currency) : t("free")}</td>
      <td>
        <Badge tone={toneOf(state)}>{t(`state.${state}`)}</Badge>
        {state === "RESERVED" && (
          <span className="small muted order-person">
            <span>{t("untilShort", { time: formatMoment(order.expiresAt, zone) })}</span>
          </span>
        )}
      </td>
      <td>
        <div className="orders-actions">
          {moves.map((move) => (
            <Button
              key={move}
              variant={move === "paid" ? "line" : "ghost"}
              size="sm"
              aria-label={t(`${move}Of`, { reference })}
              onClick={() => onMove(move)}
            >
              {t(`${move}Act`)}
            </Button>
          ))}
        </div>
      </td>
    </tr>
  );
}

/** What the organizer may do with an order as it stands. */
function movesOf({ state }: OrderPartsFragment): OrderMove[] {
  switch (state) {
    case "RESERVED":
      return ["paid", "cancel"];
    case "EXPIRED":
    case "CANCELLED":
      return ["paid"]; // money that came late
    case "PAID":
    case "REFUND_DUE":
      return ["refund"];
    case "REFUNDED":
      return [];
  }
}
