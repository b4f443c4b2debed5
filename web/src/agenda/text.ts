import { addText } from "../platform/i18n/i18n.ts";
import en from "./locales/en.json";

declare module "../platform/i18n/resources.ts" {
  interface TextResources {
    agenda: typeof en;
  }
}

/** The words of moving sessions about, of agendas as files, and of one's own agenda; the builder's other words are the organizer's. */
export const useAgendaText = addText("agenda", en);
