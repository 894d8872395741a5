using RtpProxy.Relay.Playback;

namespace RtpProxy.Relay.Snapshots;

/// <summary>Players in a snapshot.</summary>
internal static class PlayerFields
{
    public static void Pass(ref SnapshotPass pass, ref PlayerState state)
    {
        pass.Number(ref state.Milliseconds, 1, MaxMilliseconds);
        pass.Number(ref state.Rounds);
        pass.Number(ref state.RoundsLeft);
        pass.Number(ref state.Position, min: 0);
        pass.Value(ref state.Ssrc);
        pass.Value(ref state.NextSequence);
        pass.Value(ref state.Timestamp);
        pass.Moment(ref state.Due);
        pass.Flag(ref state.IsWaiting);
        pass.Flag(ref state.HasBegun);
        if (pass.Version >= SessionVersion.Playing)
        {
            pass.Number(ref state.PacketsLeft, min: -1);
        }
        else
        {
            state.PacketsLeft = -1;
        }
    }

    private const int MaxMilliseconds = 999;
}
