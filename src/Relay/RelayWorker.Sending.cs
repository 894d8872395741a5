using RtpProxy.Relay.Events;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay;

/// <content>The last step of a packet's way: from our port to a party (media rules, section 3.1).</content>
public sealed partial class RelayWorker
{
    /// <summary>Tells when a party was described at an address that our port for it cannot send to.</summary>
    internal void TellOtherFamily(Leg party)
    {
        Endpoint remote = party.Rtp.Remote;
        if (party.Ports is not null && IsOfOtherFamily(party, remote) && party.Rtp.IsFirstRefusal(remote))
        {
            World.Events.On(new RelayEvent.OtherFamilySignalled(party, remote));
        }
    }

    /// <summary>A packet for a party is about to be sent: it goes where was signalled when the party's old place has ended.</summary>
    private static void FollowSignalled(Leg party, Instant now)
    {
        if (party.RtpLatch.Lapses(now))
        {
            party.RtcpLatch.FollowSignalled();
        }
    }

    /// <summary>
    /// Sends to a party from our port that faces it. False with the reason when there is no port, or the party's address
    /// is not known or not believed, or the packet cannot be sent there; the first such packet is told.
    /// </summary>
    private bool TryTransmit<TSink>(
        RelayStream toward,
        in Endpoint source,
        ReadOnlySpan<byte> datagram,
        ref TSink sink,
        out DropReason reason)
        where TSink : IPacketSink, allows ref struct
    {
        Endpoint remote = toward.Remote;
        reason = DropReason.NoDestination;
        if (toward.Port == PortId.None || !remote.IsKnown || remote.Port == 0)
        {
            return false;
        }

        if (IsOfOtherFamily(toward.Leg, remote))
        {
            reason = DropReason.OtherFamily; // told when it was signalled
            return false;
        }

        if (!MayReach(toward, remote, source))
        {
            return false;
        }

        SendOutcome outcome = sink.Send(toward.Port, remote, datagram);
        if (outcome != SendOutcome.Sent)
        {
            reason = outcome == SendOutcome.NoRoom ? DropReason.SendCongested : DropReason.SendRefused;
            TellRefusal(toward, remote, outcome);
            return false;
        }

        if (Options.DoubleSmallPackets && datagram.Length < DoublingLimit)
        {
            sink.Send(toward.Port, remote, datagram); // one of the two was taken
        }

        return true;
    }

    private void TellRefusal(RelayStream toward, in Endpoint remote, SendOutcome outcome)
    {
        if (toward.IsFirstRefusal(remote))
        {
            World.Events.On(new RelayEvent.SendRefused(toward, remote, outcome));
        }
    }

    private static bool IsOfOtherFamily(Leg party, in Endpoint remote) =>
        remote.IsKnown && remote.IsIPv6 != party.LocalHost.IsIPv6;
}
