using RtpProxy.Relay.Forwarding.Circles;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Snapshots;

/// <summary>Streams and timers in a snapshot.</summary>
internal static class StreamFields
{
    public static void Pass(ref SnapshotPass pass, ref RelayStreamState state)
    {
        pass.Number(ref state.Received);
        pass.Number(ref state.ReceivedBytes);
        pass.Number(ref state.Relayed);
        if (pass.Version >= SessionVersion.Sending)
        {
            pass.Number(ref state.Sent);
            pass.Number(ref state.SentBytes);
        }
        else
        {
            (state.Sent, state.SentBytes) = (0, 0);
        }

        pass.Optional(ref state.FirstAt);
        pass.Optional(ref state.LastAt);
        pass.Number(ref state.FirstWallMicroseconds);
        pass.Duration(ref state.LongestInterval);
        Pass(ref pass, ref state.Repeats);
        if (pass.Version >= SessionVersion.Calls)
        {
            Pass(ref pass, ref state.Drops);
        }
        else
        {
            PassAll(ref pass, ref state.Drops);
        }

        pass.Number(ref state.Moves);
        pass.Number(ref state.RefusalsTold, min: 0);
        pass.Value(ref state.RefusalToldOf);
        pass.Optional(ref state.SettledAt);
        EvidenceFields.Pass(ref pass, ref state.Refusals);
        EvidenceFields.Pass(ref pass, ref state.Faults);
    }

    public static void Pass(ref SnapshotPass pass, ref InactivityTimerState state)
    {
        pass.Number(ref state.Limit, min: 0);
        pass.Number(ref state.CompleteLimit, min: 0);
        pass.Number(ref state.Remaining, min: 0);
    }

    /// <summary>Which reasons there were, and how often: mostly there was none.</summary>
    private static void Pass(ref SnapshotPass pass, ref DropCounts drops)
    {
        ulong present = 0;
        for (int reason = 0; reason < DropCounts.Length; reason++)
        {
            present |= drops[reason] > 0 ? 1ul << reason : 0;
        }

        pass.Number(ref present, (1ul << DropCounts.Length) - 1);
        for (int reason = 0; reason < DropCounts.Length; reason++)
        {
            if ((present & (1ul << reason)) != 0)
            {
                pass.Number(ref drops[reason]);
            }
            else
            {
                drops[reason] = 0;
            }
        }
    }

    /// <summary>How often there was each reason, when nothing could be blocked.</summary>
    private static void PassAll(ref SnapshotPass pass, ref DropCounts drops)
    {
        for (int reason = 0; reason < DropCounts.Length; reason++)
        {
            drops[reason] = 0;
            if (reason != (int)DropReason.Blocked)
            {
                pass.Number(ref drops[reason]);
            }
        }
    }

    private static void Pass(ref SnapshotPass pass, ref RepeatWatch state)
    {
        pass.Value(ref state.Ssrc);
        pass.Value(ref state.Highest);
        pass.Flag(ref state.HasHighest);
        pass.Word(ref state.Seen);
        pass.Optional(ref state.SuspectUntil);
    }
}
