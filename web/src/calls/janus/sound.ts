/** Asks for Opus with two channels at the rate of music (RFC 7587), where the description only speaks of a voice. */
export function withStereo(sdp: string): string {
  return sdp.replace(/(a=fmtp:\d+ [^\r\n]*useinbandfec=1)(?![^\r\n]*stereo)/g, "$1;stereo=1;maxaveragebitrate=128000");
}
