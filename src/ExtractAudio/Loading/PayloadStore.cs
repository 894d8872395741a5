namespace RtpProxy.ExtractAudio.Loading;

/// <summary>The files that payloads are read from.</summary>
internal enum PayloadStore : byte
{
    AnswerRecording,
    OriginateRecording,

    /// <summary>Decrypted payloads, in the temporary file.</summary>
    Spill,
}
