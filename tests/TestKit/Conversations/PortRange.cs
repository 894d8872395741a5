namespace RtpProxy.TestKit.Conversations;

/// <summary>The ports that a daemon may hand out, as <c>-m</c> and <c>-M</c> give them.</summary>
public readonly record struct PortRange(ushort Min, ushort Max)
{
    /// <summary>An RTP port that a daemon with this range may name: even, with room for its RTCP port.</summary>
    public bool Contains(ushort port) => port % 2 == 0 && port >= Min && port < Max;

    public override string ToString() => $"{Min}..{Max}";
}
