using RtpProxy.Relay.Statistics;

namespace RtpProxy.Relay.Snapshots;

/// <summary>What one worker knows beside its sessions: its counters and where its ticks are. Plain data, as bytes.</summary>
/// <inheritdoc cref="SessionSnapshot" path="/remarks/para"/>
public sealed class WorkerSnapshot
{
    /// <summary>Of what follows; the newest changes with everything that is added to it.</summary>
    public static readonly SnapshotVersions Versions = new(Oldest: 2, Newest: 5);

    private const byte WithBlocked = 3; // among the reasons of drops
    private const byte WithRefused = 4; // sessions, how others timed out, bytes in a second
    private const byte WithDigits = 5; // that were too fast

    private const byte Kind = (byte)'W';

    private WorkerState _state;
    private RelayStatisticsState _statistics;

    /// <summary>When it was taken.</summary>
    public Instant At { get; private set; }

    /// <summary>Takes over what a worker knows now. To be called on its thread.</summary>
    public void Take(RelayWorker worker, Instant now)
    {
        ArgumentNullException.ThrowIfNull(worker);
        At = now;
        _state.LastSerial = worker.Life.LastSerial;
        _state.Tick = worker.Sessions.Tick;
        _state.NextIdentification = worker.Recorders.NextIdentification;
        worker.Aging.Take(ref _state);
        _statistics = worker.Statistics.State;
    }

    /// <summary>Makes a worker go on with it.</summary>
    internal void Fill(RelayWorker worker)
    {
        worker.Life.LastSerial = _state.LastSerial;
        worker.Sessions.Tick = _state.Tick;
        worker.Recorders.NextIdentification = _state.NextIdentification;
        worker.Aging.Resume(_state, At);
        worker.Statistics.State = _statistics;
    }

    /// <inheritdoc cref="SessionSnapshot.TryWrite"/>
    public SnapshotFault TryWrite(Span<byte> destination, out int length)
    {
        var pass = SnapshotPass.Writing(destination, Versions.Newest, At);
        SnapshotHead.Write(ref pass, Kind, Versions.Newest, At);
        Pass(ref pass);
        length = pass.Position;
        return pass.End();
    }

    /// <inheritdoc cref="SessionSnapshot.TryRead"/>
    public SnapshotFault TryRead(ReadOnlySpan<byte> source, Instant? at = null)
    {
        SnapshotFault fault = SnapshotHead.TryRead(ref source, Kind, Versions, out byte version, out Instant written);
        if (fault != SnapshotFault.None)
        {
            return fault;
        }

        At = at ?? written;
        var pass = SnapshotPass.Reading(source, version, At, written);
        Pass(ref pass);
        return pass.End();
    }

    private void Pass(ref SnapshotPass pass)
    {
        pass.Number(ref _state.LastSerial, min: 0);
        pass.Moment(ref _state.NextTick);
        pass.Number(ref _state.ReceivedAtLastTick);
        pass.Number(ref _state.PacketRate);
        pass.Number(ref _state.Tick);
        pass.Number(ref _state.ToAge, min: -1);
        pass.Number(ref _state.NextIdentification);
        Span<ulong> counters = _statistics.Counters;
        for (int counter = 0; counter < counters.Length; counter++)
        {
            if (pass.Version >= FirstWith((RelayCounter)counter))
            {
                pass.Number(ref counters[counter]);
            }
            else
            {
                counters[counter] = 0;
            }
        }

        Span<ulong> drops = _statistics.Drops;
        for (int reason = 0; reason < drops.Length; reason++)
        {
            if (reason != (int)DropReason.Blocked || pass.Version >= WithBlocked)
            {
                pass.Number(ref drops[reason]);
            }
            else
            {
                drops[reason] = 0;
            }
        }

        foreach (ref TrafficTotals traffic in (Span<TrafficTotals>)_statistics.Traffic)
        {
            Pass(ref pass, ref traffic);
        }

        foreach (ref HistogramState histogram in (Span<HistogramState>)_statistics.Histograms)
        {
            foreach (ref ulong count in (Span<ulong>)histogram.Counts)
            {
                pass.Number(ref count);
            }

            foreach (ref double sum in (Span<double>)histogram.Sums)
            {
                pass.Fraction(ref sum);
            }
        }

        pass.Fraction(ref _statistics.TotalDurationSeconds);
        pass.Fraction(ref _statistics.ReceiveRate);
        pass.Number(ref _statistics.RecordsLost);
        PassRates(ref pass);
    }

    /// <summary>The version from which on a counter is there.</summary>
    private static byte FirstWith(RelayCounter counter) => counter switch
    {
        < RelayCounter.SessionsRefused => 0,
        < RelayCounter.DigitsTooFast => WithRefused,
        _ => WithDigits,
    };

    private void PassRates(ref SnapshotPass pass)
    {
        if (pass.Version >= WithRefused)
        {
            pass.Number(ref _state.BytesAtLastTick);
            pass.Number(ref _state.DiscardedAtLastTick);
            pass.Fraction(ref _statistics.ReceiveByteRate);
            pass.Fraction(ref _statistics.DiscardRate);
            return;
        }

        // What came in since the last tick is not known: counted from now on.
        _state.BytesAtLastTick =
            _statistics.Traffic[(int)StreamKind.Rtp].ReceivedBytes + _statistics.Traffic[(int)StreamKind.Rtcp].ReceivedBytes;
        _state.DiscardedAtLastTick = _statistics.Counters[(int)RelayCounter.PacketsDiscarded];
        (_statistics.ReceiveByteRate, _statistics.DiscardRate) = (0, 0);
    }

    private static void Pass(ref SnapshotPass pass, ref TrafficTotals traffic)
    {
        ulong received = traffic.Received;
        ulong receivedBytes = traffic.ReceivedBytes;
        ulong relayed = traffic.Relayed;
        ulong relayedBytes = traffic.RelayedBytes;
        pass.Number(ref received);
        pass.Number(ref receivedBytes);
        pass.Number(ref relayed);
        pass.Number(ref relayedBytes);
        traffic = new TrafficTotals(received, receivedBytes, relayed, relayedBytes);
    }
}
