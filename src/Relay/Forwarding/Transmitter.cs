using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Forwarding;

/// <summary>The last step of a packet's way: from our port to a party (media rules, section 3.1).</summary>
internal sealed class Transmitter(RelayOptions options, DestinationJudge judge, IEventSink events)
{
    private const int DoublingLimit = 128; // bytes; option -2 (media rules, section 3.2)

    /// <summary>
    /// Sends to the other party from our port that faces it. False with the reason when there is no port, or the party's address
    /// is not known or not believed, or the packet cannot be sent there; the first such packet is told.
    /// </summary>
    public bool TrySend<TSink>(in Passage passage, ref TSink sink, out DropReason reason)
        where TSink : IPacketSink, allows ref struct
    {
        RelayStream toward = passage.Stream.Onward;
        Endpoint remote = toward.Remote;
        reason = DropReason.NoDestination;
        if (toward.Port == PortId.None || !remote.IsKnown || remote.Port == 0)
        {
            return false;
        }

        if (toward.Leg.IsOfOtherFamily(remote))
        {
            reason = DropReason.OtherFamily; // told when it was signalled
            return false;
        }

        if (!judge.MayReach(toward, remote, passage.Source))
        {
            return false;
        }

        SendOutcome outcome = sink.Send(toward.Port, remote, passage.Bytes);
        if (outcome != SendOutcome.Sent)
        {
            reason = outcome == SendOutcome.NoRoom ? DropReason.SendCongested : DropReason.SendRefused;
            toward.State.Faults.OnRefused(remote, outcome, passage.Now);
            TellRefusal(toward, remote, outcome);
            return false;
        }

        toward.State.Faults.OnSent();
        toward.CountSent(passage.Bytes.Length);

        if (options.DoubleSmallPackets && passage.Bytes.Length < DoublingLimit)
        {
            sink.Send(toward.Port, remote, passage.Bytes); // one of the two was taken
        }

        return true;
    }

    private void TellRefusal(RelayStream toward, in Endpoint remote, SendOutcome outcome)
    {
        if (toward.IsFirstRefusal(remote))
        {
            events.On(new RelayEvent.SendRefused(toward, remote, outcome));
        }
    }
}
