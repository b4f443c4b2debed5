import { addText } from "../platform/i18n/i18n.ts";
import en from "./locales/en.json";

declare module "../platform/i18n/resources.ts" {
  interface TextResources {
    organize: typeof en;
  }
}

/** The words of the organizer's pages. */
export const useOrganizeText = addText("organize", en);
