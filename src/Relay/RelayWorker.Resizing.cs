using RtpProxy.Control.Statistics;
using RtpProxy.Relay.Forwarding.Resizing;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay;

/// <content>Re-packetisation of what a party sends (media rules, section 5).</content>
public sealed partial class RelayWorker
{
    private readonly PacketPool _packetPool = new();
    private readonly byte[] _scratch = new byte[PacketPool.MaxLength]; // the packet being made; never kept over a call

    /// <summary>What <paramref name="speaker"/> sends is re-framed from now on, or, with null, relayed as it comes.</summary>
    internal void SetResizing(Leg speaker, int? milliseconds)
    {
        if (milliseconds is not { } ptime)
        {
            StopResizing(speaker);
        }
        else if (speaker.Resizer is { } resizer)
        {
            resizer.PtimeMilliseconds = ptime;
        }
        else
        {
            speaker.Resizer = new Resizer(_packetPool, ptime);
        }
    }

    private void StopResizing(Leg speaker)
    {
        for (int left = speaker.Resizer?.Flush() ?? 0; left > 0; left--)
        {
            Drop(speaker.Rtp, DropReason.ResizerFlushed);
        }

        speaker.Resizer = null;
    }

    /// <summary>
    /// Counts what became of a packet, and sends those whose time has come: every packet that arrives is the occasion.
    /// </summary>
    private void Resize<TSink>(
        Resizer resizer,
        ResizerIntake intake,
        RelayStream stream,
        in Endpoint source,
        ReadOnlySpan<byte> datagram,
        in Arrival arrival,
        ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        if (intake == ResizerIntake.NotAudio)
        {
            Pass(stream, source, datagram, arrival, ref sink);
        }
        else
        {
            Statistics.Count(GlobalCounter.ResizerPacketsIn);
        }

        if (intake == ResizerIntake.Late)
        {
            Drop(stream, DropReason.ResizerLate);
        }

        while (resizer.TryTake(arrival.Now, _scratch, out int length))
        {
            if (Pass(stream, source, _scratch.AsSpan(0, length), arrival, ref sink))
            {
                Statistics.Count(GlobalCounter.ResizerPacketsOut);
            }
        }
    }
}
