/** The strings of each slice by namespace. A slice adds its own by declaration merging in its `text.ts`. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the slices
export interface TextResources {}

declare module "i18next" {
  interface CustomTypeOptions {
    resources: TextResources;
  }
}
