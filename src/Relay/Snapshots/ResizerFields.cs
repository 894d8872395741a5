using RtpProxy.Relay.Forwarding.Resizing;

namespace RtpProxy.Relay.Snapshots;

/// <summary>Re-packetisers in a snapshot.</summary>
internal static class ResizerFields
{
    private const int MaxPtime = 999;

    public static void Pass(ref SnapshotPass pass, ref ResizerState state)
    {
        pass.Number(ref state.PtimeMilliseconds, 1, MaxPtime);
        pass.Optional(ref state.SentUpTo);
        pass.Optional(ref state.Delta);
        pass.Flag(ref state.MustLeave);
        pass.Flag(ref state.BeginsAnew);
        Pass(ref pass, ref state.Timeline);
        Pass(ref pass, ref state.Recent);
    }

    public static void Pass(ref SnapshotPass pass, ref OutgoingNumbersState state)
    {
        pass.Value(ref state.Ssrc);
        pass.Optional(ref state.Last);
        pass.Value(ref state.GivenUpTo);
        pass.Number(ref state.Offset);
        pass.Flag(ref state.IsConsecutive);
        pass.Flag(ref state.MustFollow);
    }

    private static void Pass(ref SnapshotPass pass, ref StreamTimeline state)
    {
        pass.Optional(ref state.Ssrc);
        pass.Value(ref state.Sequence);
        pass.Value(ref state.Timestamp);
        pass.Optional(ref state.EarlierSsrc);
        pass.Value(ref state.EarlierSequence);
        pass.Moment(ref state.ChangedAt);
        pass.Value(ref state.LateSequence);
        pass.Moment(ref state.LateAt);
        pass.Number(ref state.LateInARow);
    }

    private static void Pass(ref SnapshotPass pass, ref RecentPackets state)
    {
        pass.Octet(ref state.Count, RecentPackets.Capacity);
        pass.Octet(ref state.Next, RecentPackets.Capacity - 1);
        foreach (ref ulong mark in ((Span<ulong>)state.Seen)[..state.Count])
        {
            pass.Bits(ref mark);
        }
    }
}
