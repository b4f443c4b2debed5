import { addText, translatorOf } from "./i18n/i18n.ts";
import en from "./locales/en.json";

declare module "./i18n/resources.ts" {
  interface TextResources {
    platform: typeof en;
  }
}

export const usePlatformText = addText("platform", en);

/** The platform's phrases outside of components. */
export const platformText = translatorOf("platform");
