namespace RtpProxy.SipEdge.Proxy;

/// <summary>Timer values of RFC 3261 section 17 and table 4.</summary>
internal static class SipTimers
{
    /// <summary>Estimate of a round trip.</summary>
    public static readonly TimeSpan T1 = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest interval of repetitions, but for INVITE.</summary>
    public static readonly TimeSpan T2 = TimeSpan.FromSeconds(4);

    /// <summary>How long a message may stay in the network.</summary>
    public static readonly TimeSpan T4 = TimeSpan.FromSeconds(5);

    /// <summary>64 T1: timers B, F, H, J, L and M.</summary>
    public static readonly TimeSpan Lifetime = 64 * T1;

    /// <summary>Timer C: how long an INVITE may ring; more than three minutes (section 16.6, step 11).</summary>
    public static readonly TimeSpan Ringing = TimeSpan.FromSeconds(181);
}
