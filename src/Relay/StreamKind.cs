namespace RtpProxy.Relay;

/// <summary>The two halves of a leg.</summary>
public enum StreamKind : byte
{
    Rtp,
    Rtcp,
}
