import { addText } from "../platform/i18n/i18n.ts";
import en from "./locales/en.json";

declare module "../platform/i18n/resources.ts" {
  interface TextResources {
    devices: typeof en;
  }
}

/** The words about cameras, microphones, speakers and the way out of a network. */
export const useDeviceText = addText("devices", en);
