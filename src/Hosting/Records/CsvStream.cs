using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Hosting.Records;

/// <summary>What was counted of the RTP or RTCP of a party. Times are seconds since the UNIX epoch, 0 without a packet.</summary>
internal readonly record struct CsvStream(
    ulong Received, ulong Relayed, ulong Dropped, double FirstSeconds, double LastSeconds, Endpoint Remote)
{
    private const double MicrosecondsPerSecond = 1_000_000;

    public static CsvStream Of(RelayStream stream)
    {
        double first = stream.FirstWallMicroseconds / MicrosecondsPerSecond;
        double last = stream.Received > 0 ? first + stream.Duration.TotalSeconds : 0;
        return new CsvStream(stream.Received, stream.Relayed, stream.DroppedOfParty, first, last, stream.Remote);
    }
}
