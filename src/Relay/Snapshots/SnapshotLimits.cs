using RtpProxy.Relay.Digits;
using RtpProxy.Relay.Forwarding.Resizing;

namespace RtpProxy.Relay.Snapshots;

/// <summary>How long parts of a snapshot can be: more is refused, whoever wrote it.</summary>
internal static class SnapshotLimits
{
    /// <summary>UTF-16 units of a text: tags and call-ids come in a command, and that is a datagram or a line.</summary>
    public const int Text = 1 << 16;

    /// <summary>Bytes of a packet that waits.</summary>
    public const int Packet = PacketPool.MaxLength;

    /// <summary>8 kHz samples of such a packet: silence in G.723.1 has 240 in four bytes.</summary>
    public const int Samples = 1 << 20;

    /// <summary>Digit catchers of a daemon.</summary>
    public const int Catchers = DigitDetector.MaxWatches;

    /// <summary>Numbers of workers go to here.</summary>
    public const int Workers = 1023;

    /// <summary>The longest duration: a hundred years.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromDays(36_525);
}
