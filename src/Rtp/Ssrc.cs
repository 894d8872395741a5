namespace RtpProxy.Rtp;

/// <summary>Synchronisation source (RFC 3550 section 3): the random number that names one RTP stream.</summary>
public readonly record struct Ssrc(uint Value)
{
    /// <summary>As log lines and accounting files print it: <c>0x0000FEED</c>.</summary>
    public override string ToString() => $"0x{Value:X8}";
}
