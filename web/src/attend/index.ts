export type { AttendanceState, AttendanceView } from "./attendance.ts";
export { offerLine } from "./lines.ts";
export { serverNow } from "./serverTime.ts";
export { useAttendance, useCallLine, useOnReturn, useTold } from "./useAttendance.ts";
