using Plenary.Platform;

namespace Plenary.Stage;

/// <summary>The foreseen "no" of a stage and of its upload.</summary>
internal static class StageRefusals
{
    public static readonly Refusal NotAStage = new("not-a-stage", 400, "Only a stage can go live. Choose a room of that kind.", "room");
    public static readonly Refusal EventOver = new("event-over", 409, "This event is over, so its stages stay dark.");
    public static readonly Refusal Ended = new("broadcast-ended", 409, "This broadcast has ended. Go live again to begin another one.");
    public static readonly Refusal NewTake = new("new-take", 409, "This recording cannot be continued. Begin a new one; what arrived is kept for the replay.");
    public static readonly Refusal TakenOver = new("taken-over", 409, "This broadcast goes on from another window.");
    public static readonly Refusal TooFast = new("upload-too-fast", 429, "The recording sends more than this server takes. Choose a lower quality.");
    public static readonly Refusal TooLarge = new("upload-too-large", 413, "This recording has reached the largest size. Go live again to go on.");
    public static readonly Refusal StorageFailed = new("storage-failed", 507, "The server cannot store the recording. Its disk may be full.");
    public static readonly Refusal TooManyTakes = new("too-many-takes", 409, "This broadcast was begun anew too often. End it and go live again.");
    public static readonly Refusal TooManyKeys = new("too-many-keys", 409, "This stage has as many stream keys as it may have. Revoke one first.");
    public static readonly Refusal KeyRevoked = new("key-revoked", 403, "This stream key was revoked or made anew.");
    public static readonly Refusal Encoding = new("encoding-unsupported", 415, "Send H.264 and AAC: choose these in the encoder's settings.");
    public static readonly Refusal External = new("external-unsupported", 400, "This is not an address of a YouTube or Vimeo video, or of an HLS playlist (https://… .m3u8).", "url");
    public static readonly Refusal ExternalUnreachable = new("external-unreachable", 400, "There is no playlist at this address that everybody can reach.", "url");
    public static readonly Refusal NoWhip = new("whip-unavailable", 501, "This installation takes no WebRTC from encoders: it needs Janus and ffmpeg. RTMP may work.");
    public static readonly Refusal WrongKey = new("sign-in-required", 401, "This stream key is not valid (any more).");
    public static readonly Refusal Offer = new("invalid-media", 400, "This offer cannot be answered. Send H.264, VP8 or VP9, and Opus.");
    public static readonly Refusal MediaAway = new("unavailable", 503, "The media server does not answer at the moment. Try again.");
    public static readonly Refusal Remux = new(Media.MalformedMedia.Code, 400, "The recording cannot be read: it is not what its type says.");

    public static readonly Refusal PlaysRecording = new("stage-busy", 409, "A recording is played on this stage. It can be ended in the organizer's list of replays.");
    public static readonly Refusal TextTooLarge = new("too-large", 413, "This is longer than the server takes: a line of captions has at most 8 KB, a file 4 MB.");
    public static readonly Refusal NotOnAir = new("not-on-air", 409, "Nothing is live on this stage, so there is nothing to caption. Go on when it is.");
    public static readonly Refusal TooManyLanguages = new("too-many-languages", 409, "A broadcast may have captions in at most 12 languages.", "language");
    public static readonly Refusal NotWebVtt = new("not-webvtt", 400, "This is not a WebVTT file: it begins with WEBVTT, and each cue has a time like 00:01:02.000 --> 00:01:04.000.", "vtt");

    /// <param name="speaker">Who is on the stage.</param>
    public static Refusal Busy(string speaker) => new("stage-busy", 409, $"{speaker} is on this stage. Ask them, or the event's crew, to end first.");

    /// <param name="container">What this server can take.</param>
    public static Refusal Container(string container) => new("container-unsupported", 415, $"This server takes recordings of type {container}.", "container");
}
