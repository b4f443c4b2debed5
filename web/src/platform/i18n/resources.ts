/** The words of each slice by name. A slice adds its own by declaration merging in its `text.ts`. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the slices
export interface TextResources {}
