using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Calls;

/// <summary>The datagrams of one stream of a party.</summary>
/// <param name="Remote">Where datagrams for it go; unknown while nowhere.</param>
/// <param name="Learned">Where it was heard; unknown before.</param>
/// <param name="Received">From the party.</param>
/// <param name="ReceivedBytes">Payloads of UDP.</param>
/// <param name="Errors">Of those that came, dropped.</param>
/// <param name="Sent">To the party, whoever made them.</param>
/// <param name="SentBytes">Payloads of UDP.</param>
/// <param name="Unsent">That the other party sent, and that could not be sent on.</param>
/// <param name="LastAt">When the last one came, microseconds since the UNIX epoch; 0 before.</param>
public readonly record struct StreamTraffic(
    Endpoint Remote,
    Endpoint Learned,
    ulong Received,
    ulong ReceivedBytes,
    ulong Errors,
    ulong Sent,
    ulong SentBytes,
    ulong Unsent,
    long LastAt)
{
    internal static StreamTraffic Of(RelayStream stream, RelayStream other) => new(
        stream.Remote,
        stream.Source,
        stream.Received,
        stream.ReceivedBytes,
        stream.DroppedOfParty,
        stream.Sent,
        stream.SentBytes,
        (ulong)other.Dropped(DropReason.SendCongested) + other.Dropped(DropReason.SendRefused),
        stream.Received == 0 ? 0 : stream.FirstWallMicroseconds + (stream.Duration.Ticks / TimeSpan.TicksPerMicrosecond));
}
