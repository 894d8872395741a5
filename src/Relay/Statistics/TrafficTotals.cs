namespace RtpProxy.Relay.Statistics;

/// <summary>Packets of one kind, and the bytes of their payloads of UDP. Plain data.</summary>
/// <param name="Received">That came to our media ports, whoever sent them.</param>
/// <param name="Relayed">That went on to a party.</param>
public record struct TrafficTotals(ulong Received, ulong ReceivedBytes, ulong Relayed, ulong RelayedBytes)
{
    internal void Add(in TrafficTotals other)
    {
        Received += other.Received;
        ReceivedBytes += other.ReceivedBytes;
        Relayed += other.Relayed;
        RelayedBytes += other.RelayedBytes;
    }
}
