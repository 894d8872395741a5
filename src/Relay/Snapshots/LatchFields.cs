using RtpProxy.Relay.Latching;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Snapshots;

/// <summary>The latches in a snapshot.</summary>
internal static class LatchFields
{
    public static void Pass(ref SnapshotPass pass, ref RtpLatchState state)
    {
        pass.Value(ref state.Signalled);
        pass.Value(ref state.Remote);
        pass.Value(ref state.Source);
        pass.Flag(ref state.IsAsymmetric);
        pass.Flag(ref state.IsHeardAgain);
        pass.Flag(ref state.IsOtherBeside);
        pass.Flag(ref state.IsOnTrial);
        pass.Choice(ref state.Rank, SourceRank.Exact);
        pass.Choice(ref state.Reach, Reach.Loopback);
        pass.Choice(ref state.Hint, Hint.AnotherParty);
        pass.Octet(ref state.Proofs);
        pass.Value(ref state.OtherMedia);
        pass.Moment(ref state.HeardAt);
        pass.Moment(ref state.WentOnAt);
        pass.Optional(ref state.HintAt);
        pass.Duration(ref state.UsualGap);
        pass.Duration(ref state.HeardFor);
        Pass(ref pass, ref state.Stream);
        Pass(ref pass, ref state.Other);
        Pass(ref pass, ref state.Third);
        Pass(ref pass, ref state.Left);
        Pass(ref pass, ref state.Challenger);
        if (pass.Version >= SessionVersion.Dialling)
        {
            pass.Flag(ref state.AllowsHandover);
        }
        else
        {
            state.AllowsHandover = false;
        }
    }

    public static void Pass(ref SnapshotPass pass, ref RtcpLatchState state)
    {
        pass.Value(ref state.Signalled);
        pass.Value(ref state.Remote);
        pass.Value(ref state.Source);
        pass.Value(ref state.Vetted);
        pass.Moment(ref state.HeardAt);
        pass.Choice(ref state.Rank, SourceRank.Exact);
        pass.Choice(ref state.Reach, Reach.Loopback);
        pass.Flag(ref state.IsAsymmetric);
        pass.Flag(ref state.IsOpen);
    }

    private static void Pass(ref SnapshotPass pass, ref HeardStream stream)
    {
        pass.Optional(ref stream.Since);
        pass.Optional(ref stream.HeardAt);
        pass.Value(ref stream.Ssrc);
        pass.Value(ref stream.Timestamp);
        pass.Value(ref stream.Sequence);
        pass.Value(ref stream.Newest);
        pass.Octet(ref stream.Behind);
        pass.Flag(ref stream.IsKnown);
    }

    private static void Pass(ref SnapshotPass pass, ref LeftSource left)
    {
        pass.Value(ref left.Source);
        Pass(ref pass, ref left.Stream);
        pass.Optional(ref left.HeardAt);
        pass.Value(ref left.Successor);
        pass.Number(ref left.Row);
        pass.Number(ref left.Count);
        pass.Choice(ref left.Why, Move.Displaces);
    }

    private static void Pass(ref SnapshotPass pass, ref Challenger challenger)
    {
        pass.Value(ref challenger.Source);
        pass.Optional(ref challenger.Since);
        pass.Optional(ref challenger.HeardAt);
        pass.Value(ref challenger.Ssrc);
        pass.Value(ref challenger.Sequence);
        pass.Number(ref challenger.Count);
        pass.Number(ref challenger.Row);
        pass.Number(ref challenger.Between);
        pass.Choice(ref challenger.Claim, Claim.Stream);
        pass.Flag(ref challenger.IsRtp);
    }
}
