namespace RtpProxy.Protocols.RtppFront.Replies;

/// <summary>How long a reply may be (control protocol, section 2.2).</summary>
public static class ReplyLimits
{
    /// <summary>Bytes of a whole reply: cookie, text and the final LF.</summary>
    public const int MaxLength = 1023;

    /// <summary>Bytes of the text that one sub-command returns; a longer one counts as a failure.</summary>
    public const int MaxSubCommandText = 511;
}
