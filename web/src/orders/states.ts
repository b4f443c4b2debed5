import type { OrderPartsFragment } from "../gql/graphql.ts";

/** How a state is coloured; the word beside it says the same. */
export function toneOf(state: OrderPartsFragment["state"]) {
  switch (state) {
    case "PAID":
      return "success";
    case "RESERVED":
      return "accent";
    case "REFUND_DUE":
      return "warning";
    case "EXPIRED":
    case "CANCELLED":
    case "REFUNDED":
      return "outline";
  }
}
