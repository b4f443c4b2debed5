import { addText } from "../platform/i18n/i18n.ts";
import en from "./locales/en.json";

declare module "../platform/i18n/resources.ts" {
  interface TextResources {
    meetings: typeof en;
  }
}

/** The words of meetings for two. */
export const useMeetingText = addText("meetings", en);
