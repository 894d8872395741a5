using RtpProxy.Rtp;

namespace RtpProxy.Relay.Snapshots;

/// <summary>The analyser in a snapshot.</summary>
internal static class ReceptionFields
{
    private const ReceptionFlags AllFlags = ReceptionFlags.HasPacket | ReceptionFlags.HasEcho;

    public static void Pass(ref SnapshotPass pass, ref ReceptionState state)
    {
        pass.Choice(ref state.Flags, AllFlags);
        pass.Value(ref state.LastPayloadType);
        pass.Value(ref state.LastSequence);
        pass.Value(ref state.LastSsrc);
        if (pass.Version >= SessionVersion.Sending)
        {
            pass.Number(ref state.LastTimestamp);
        }
        else
        {
            state.LastTimestamp = 0;
        }

        pass.Number(ref state.Minimum);
        pass.Number(ref state.Maximum);
        pass.Number(ref state.Offset);
        pass.Number(ref state.RunCount);
        pass.Number(ref state.RunDuplicates);
        pass.Number(ref state.OutOfOrder);
        pass.Number(ref state.Echo);
        pass.Number(ref state.ClosedSent);
        pass.Number(ref state.ClosedReceived);
        pass.Number(ref state.ClosedDuplicates);
        pass.Number(ref state.SsrcChanges);
        pass.Number(ref state.ParseErrors);
        pass.Octet(ref state.Sources, ReceptionState.MaxSources);
        pass.Octet(ref state.Present, ReceptionState.MaxSources - 1);
        pass.Number(ref state.ForgottenSteps);
        if (state.ForgottenSteps > 0)
        {
            pass.Fraction(ref state.ForgottenTotal);
            pass.Fraction(ref state.ForgottenMaximum);
        }

        Pass(ref pass, ref state.Jitter);
        pass.Words(state.Window.Bits);
    }

    public static void Pass(ref SnapshotPass pass, ref JitterState state)
    {
        pass.Value(ref state.Ssrc);
        pass.Number(ref state.Counted);
        pass.Fraction(ref state.Last);
        pass.Fraction(ref state.Maximum);
        pass.Fraction(ref state.Total);
        pass.Number(ref state.LastArrival);
        pass.Number(ref state.LastTimestamp);
        pass.Octet(ref state.RecentCount, JitterState.RememberedTimestamps);
        pass.Octet(ref state.RecentNext, JitterState.RememberedTimestamps - 1);
        foreach (ref uint timestamp in (Span<uint>)state.Recent)
        {
            pass.Number(ref timestamp);
        }
    }
}
