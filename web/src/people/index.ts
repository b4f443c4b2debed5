/** What other slices show people with. */
export { BlockDialog } from "./BlockDialog.tsx";
export { ConnectButton } from "./ConnectButton.tsx";
export { type CardOf, PersonCard } from "./PersonCard.tsx";
export { PersonMenu } from "./PersonMenu.tsx";
export { messagePath, peoplePath, proposePath } from "./paths.ts";
export { Reason, type ReasonOf } from "./Reason.tsx";
export { ReportDialog, type ReportOf } from "./ReportDialog.tsx";
export { lineOf } from "./tags.ts";
