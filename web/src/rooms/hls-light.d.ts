// The light build of hls.js is the same library without subtitles, alternate audio and DRM; it ships no types of its own.
declare module "hls.js/light" {
  export { default } from "hls.js";
}
