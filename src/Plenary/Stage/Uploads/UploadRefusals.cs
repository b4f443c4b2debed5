using Plenary.Platform;

namespace Plenary.Stage.Uploads;

/// <summary>What bringing a finished video says no to.</summary>
internal static class UploadRefusals
{
    public static readonly Refusal Type = new("unsupported-recording", 415, "Upload a video as MP4 or WebM. This file is neither.");
    public static readonly Refusal NeedsFfmpeg = new("unsupported-recording", 415, "This server has no ffmpeg, so it takes MP4 with H.264 and AAC only. Save the video as that and upload it again.");
    public static readonly Refusal Broken = new("broken-recording", 400, "This file cannot be read to its end. Save the video again, as MP4 with H.264 and AAC, and upload that.");
    public static readonly Refusal NoPicture = new("recording-without-picture", 400, "This file has no picture. Upload a video.");
    public static readonly Refusal TooLong = new("recording-too-long", 400, "A recording may be twelve hours long at most. Cut it and upload the parts.");
    public static readonly Refusal TooMany = new("too-many-uploads", 409, $"An event may have {RecordingUpload.MostOfEvent} uploads at once. Finish or remove one first.");
    public static readonly Refusal NoSpace = new("storage-failed", 507, "The server has not enough space for this video. Its operator can make room.");
    public static readonly Refusal Offset = new("upload-offset", 409, "The upload stands somewhere else. Ask where, and go on from there.");
    public static readonly Refusal Held = new("upload-held", 423, "Another connection is sending this file. Try again in a moment.");
    public static readonly Refusal Complete = new("upload-complete", 409, "All of this file is here already.");

    /// <param name="gigabytes">The limit.</param>
    public static Refusal TooLarge(double gigabytes) => new("recording-too-large", 413, $"A recording may have at most {gigabytes:0.#} GB. Make it smaller or shorter.", "bytes");

    /// <summary>The sentence of what is kept as a code.</summary>
    public static string Sentence(string code, bool withFfmpeg) => code switch
    {
        "unsupported-recording" => (withFfmpeg ? Type : NeedsFfmpeg).Message,
        "recording-without-picture" => NoPicture.Message,
        "recording-too-long" => TooLong.Message,
        "storage-failed" => NoSpace.Message,
        _ => Broken.Message,
    };
}
