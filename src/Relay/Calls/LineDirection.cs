namespace RtpProxy.Relay.Calls;

/// <summary>What a party says that it does with a media line (RFC 8866, section 6.7).</summary>
public enum LineDirection : byte
{
    SendReceive,
    SendOnly,
    ReceiveOnly,
    Inactive,
}
