using RtpProxy.Rtp;

namespace RtpProxy.TestKit.Operations;

/// <summary>The analyser counts a packet and updates the jitter; parsing included.</summary>
public sealed class AnalyseRtpPacket : IOperation
{
    private const long PtimeNanoseconds = 20_000_000;

    private readonly ReceptionStatistics _statistics = new();
    private readonly PacketSeries _packets = new();
    private long _now = PtimeNanoseconds;

    public uint Received => _statistics.Received;

    public void Run()
    {
        _now += PtimeNanoseconds;
        if (RtpPacket.TryParse(_packets.Next(), out RtpPacket packet) == RtpParseError.None)
        {
            _statistics.OnPacket(packet, _now);
        }
    }
}
