using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Quality.Evidence;

namespace RtpProxy.Relay.Snapshots;

/// <summary>What verdicts are made of, in a snapshot.</summary>
internal static class EvidenceFields
{
    public static void Pass(ref SnapshotPass pass, ref LegEvidence evidence)
    {
        evidence = pass.IsReading ? default : evidence;
        pass.Optional(ref evidence.ExpectedSince);
        pass.Optional(ref evidence.MuxedReportAt);
        pass.Optional(ref evidence.CirclingAt);
        pass.Flag(ref evidence.IsHeldByIPv6);
        pass.Number(ref evidence.EarlyPackets);
        if (evidence.EarlyPackets != 0)
        {
            pass.Value(ref evidence.EarlySource);
            pass.Moment(ref evidence.EarlyAt);
        }

        if (pass.Present(evidence.Said.IsKnown))
        {
            pass.Value(ref evidence.Said);
            pass.Choice(ref evidence.SaidBy, SignalledBy.Answer);
            pass.Moment(ref evidence.SaidAt);
            pass.Choice(ref evidence.Place, AddressPlace.Nobody);
        }

        pass.Flag(ref evidence.HasSpoken);
        if (evidence.HasSpoken)
        {
            pass.Moment(ref evidence.SpokeAt);
            pass.Value(ref evidence.SpokeTimestamp);
            pass.Flag(ref evidence.IsNoiseOnly);
            pass.Octet(ref evidence.Pauses);
        }

        if (pass.Present(evidence.OtherAt != default))
        {
            pass.Choice(ref evidence.Look, MediaLook.Fax);
            pass.Moment(ref evidence.OtherAt);
            pass.Number(ref evidence.OtherRow);
        }

        if (pass.Present(evidence.ClaimedPackets != 0))
        {
            pass.Number(ref evidence.ClaimedPackets);
            pass.Optional(ref evidence.ClaimsAt);
        }
    }

    public static void Pass(ref SnapshotPass pass, ref SessionEvidence evidence)
    {
        pass.Optional(ref evidence.CompleteAt);
        Pass(ref pass, ref evidence.Last);
        Pass(ref pass, ref evidence.Earlier);
        pass.Flag(ref evidence.IsReoffered);
        pass.Value(ref evidence.Verdict);
        pass.Value(ref evidence.Told);
        pass.Optional(ref evidence.ToldAt);
        pass.Number(ref evidence.TimesTold);
    }

    private static void Pass(ref SnapshotPass pass, ref CommandEvidence command)
    {
        pass.Choice(ref command.By, SignalledBy.Answer);
        pass.Choice(ref command.Of, Side.Callee);
        pass.Optional(ref command.At);
        pass.Flag(ref command.IsOfSetUp);
    }

    public static void Pass(ref SnapshotPass pass, ref Refusals refusals)
    {
        refusals = pass.IsReading ? default : refusals;
        if (pass.Present(refusals.Row != 0))
        {
            pass.Value(ref refusals.Source);
            pass.Choice(ref refusals.Belief, AddressBelief.ThisNetwork);
            pass.Moment(ref refusals.Since);
            pass.Moment(ref refusals.At);
            pass.Number(ref refusals.Row);
        }
    }

    public static void Pass(ref SnapshotPass pass, ref SendFaults faults)
    {
        faults = pass.IsReading ? default : faults;
        if (pass.Present(faults.Row != 0))
        {
            pass.Value(ref faults.To);
            pass.Choice(ref faults.Outcome, SendOutcome.PortClosed);
            pass.Flag(ref faults.IsTold);
            pass.Moment(ref faults.Since);
            pass.Moment(ref faults.At);
            pass.Number(ref faults.Row);
        }
    }
}
