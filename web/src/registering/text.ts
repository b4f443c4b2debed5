import { addText } from "../platform/i18n/i18n.ts";
import en from "./locales/en.json";

declare module "../platform/i18n/resources.ts" {
  interface TextResources {
    registering: typeof en;
  }
}

export const useText = addText("registering", en);
