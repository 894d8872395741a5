namespace RtpProxy.ExtractAudio;

/// <summary>The two files of a recorded call.</summary>
internal enum RecordedSide
{
    /// <summary>A: what the answering party sent, <c>.a.rtp</c>; the first channel of stereo output.</summary>
    Answer,

    /// <summary>B: what the originating party sent, <c>.o.rtp</c>; the second channel.</summary>
    Originate,
}
