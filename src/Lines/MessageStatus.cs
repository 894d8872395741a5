namespace RtpProxy.Lines;

/// <summary>What came of waiting for a message.</summary>
internal enum MessageStatus
{
    /// <summary>A whole message.</summary>
    Whole,

    /// <summary>A message longer than allowed, of which the beginning is told.</summary>
    TooLong,

    /// <summary>The other side has ended, or is not waited for any longer. What it left unfinished is told; mostly nothing.</summary>
    End,
}
