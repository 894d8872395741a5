using RtpProxy.Relay.Events;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Destinations;

/// <summary>
/// Which addresses are believed, whoever named them: a description, a packet's source, a report's (media rules, section 2.9).
/// What is asked once per address: an address that has been judged costs a packet one comparison.
/// </summary>
/// <remarks>Owned by one worker.</remarks>
internal sealed class DestinationJudge(PortDirectory directory, IEventSink events)
{
    private const int MaxTold = 10; // of a stream; a sender can come from elsewhere with every packet

    private OwnAddresses _own = directory.Own.Current;

    /// <summary>A second has passed: what the machine's addresses are may have changed.</summary>
    public void Refresh() => _own = directory.Own.Current;

    /// <summary>Whether media for a party may go to an address that a description names; told where not.</summary>
    public bool BelieveSignalled(RelayStream stream, in Endpoint address)
    {
        IOwnAddresses own = directory.Own;
        if (!own.Current.IsOurs(address)
            && (own.Current.IsPortOfSocket(address.Port) || directory.IsPortOfWildcard(address)))
        {
            own.Look(address); // the rest of its addresses the system knows better than any list
        }

        // Where packets go is judged by the same knowledge: by an older one it would not be known as a way back to us.
        _own = own.Current;
        return Tell(stream, address, Believe(stream, address, _own)).IsBelieved();
    }

    /// <summary>
    /// A description was taken: where packets go from now on is known to all workers before the first packet, so that the
    /// description that closes a circle is the one that is not believed.
    /// </summary>
    public void Judge(Leg leg)
    {
        foreach (RelayStream stream in (ReadOnlySpan<RelayStream>)[leg.Rtp, leg.Rtcp])
        {
            if (stream.Remote is { IsKnown: true, Port: not 0 } remote)
            {
                JudgeAgain(stream, remote);
            }
        }
    }

    /// <summary>
    /// Whether copies of what a party sends may go there: whoever commands them may name any address, but no socket that would
    /// obey them and no port that they would come back from.
    /// </summary>
    public bool BelieveCopy(Leg party, in Endpoint target, bool withRtcp, out AddressBelief belief)
    {
        belief = BelieveCopy(party.Rtp, target);
        if (belief == AddressBelief.Believed && withRtcp)
        {
            belief = BelieveCopy(party.Rtcp, target.WithPort((ushort)(target.Port + 1)));
        }

        return belief == AddressBelief.Believed;
    }

    /// <summary>Tells when a party was described at an address that our port for it cannot send to.</summary>
    public void TellOtherFamily(Leg party)
    {
        Endpoint remote = party.Rtp.Remote;
        if (party.Ports is not null && party.IsOfOtherFamily(remote) && party.Rtp.IsFirstRefusal(remote))
        {
            events.On(new RelayEvent.OtherFamilySignalled(party, remote));
        }
    }

    /// <summary>Finds out whether a party can be where it is said to be; asked again when its address or our port for it changes.</summary>
    public void Place(Leg party)
    {
        Endpoint said = party.Evidence.Said;
        if (!said.IsKnown)
        {
            return;
        }

        AddressBelief belief = Believe(party.Rtp, said, _own);
        party.Evidence.Place = belief switch
        {
            AddressBelief.OwnPort or AddressBelief.OwnSocket or AddressBelief.Circle => AddressPlace.OwnPort,
            AddressBelief.Multicast or AddressBelief.Broadcast or AddressBelief.ThisNetwork => AddressPlace.Nobody,
            _ when directory.Find(said) is not null => AddressPlace.OwnSession,
            _ => _own.PlaceOf(said, party.Local),
        };
    }

    /// <summary>A leg's ports are open: others may send to them, and what is sent from them may come back now.</summary>
    public void Publish(Leg leg)
    {
        directory.Add(BoundOf(leg.Rtp), leg.Rtp);
        directory.Add(BoundOf(leg.Rtcp), leg.Rtcp);
        foreach (Leg each in (ReadOnlySpan<Leg>)[leg, leg.Session.Opposite(leg)])
        {
            each.Rtp.Destination.Forget();
            each.Rtcp.Destination.Forget();
        }
    }

    /// <summary>Packets for a party went to this address, if it is known, which is one of this machine.</summary>
    public void Resume(RelayStream toward, in Endpoint ownPort)
    {
        if (ownPort.IsKnown)
        {
            directory.Publish(toward.Destination, ownPort);
        }
    }

    public void Withdraw(Leg leg)
    {
        directory.Remove(BoundOf(leg.Rtp), leg.Rtp);
        directory.Remove(BoundOf(leg.Rtcp), leg.Rtcp);
        leg.Rtp.Destination.Publish(null);
        leg.Rtcp.Destination.Publish(null);
        leg.Rtp.Destination.Forget();
        leg.Rtcp.Destination.Forget();
    }

    /// <summary>A packet from elsewhere than the party was last heard: media must not follow it to where it must not go.</summary>
    public bool IsDisbelieved(RelayStream stream, in Endpoint source, out AddressBelief belief)
    {
        belief = AddressBelief.Believed;
        if (source == stream.Source)
        {
            return false;
        }

        belief = Tell(stream, source, Believe(stream, source, _own));
        return !belief.IsBelieved();
    }

    /// <summary>Whether a packet from <paramref name="source"/> may be sent where the party's packets go.</summary>
    public bool MayReach(RelayStream toward, in Endpoint remote, in Endpoint source)
    {
        Destination destination = toward.Destination;
        if (destination.Belief != AddressBelief.Believed
            || !ReferenceEquals(destination.JudgedBy, _own)
            || destination.Address != remote)
        {
            JudgeAgain(toward, remote);
        }

        return destination.Belief == AddressBelief.Believed
            || (destination.Belief == AddressBelief.OnlyFromLoopback && MayReachLoopback(toward, remote, source));
    }

    /// <summary>
    /// A program on this machine that was signalled but not heard: another machine must not reach it through us. Nobody
    /// elsewhere can have a loopback address as source. Prompts are ours.
    /// </summary>
    private bool MayReachLoopback(RelayStream toward, in Endpoint remote, in Endpoint source)
    {
        if (source.IsLoopback || source == toward.LocalOf(default) || toward.Source.IsSameHost(remote))
        {
            return true;
        }

        TellOnce(toward, remote, AddressBelief.OnlyFromLoopback);
        return false;
    }

    private void JudgeAgain(RelayStream toward, in Endpoint remote)
    {
        Destination destination = toward.Destination;
        long version = directory.Version;
        if (destination.Address == remote
            && destination.Belief != AddressBelief.Unjudged
            && ReferenceEquals(destination.JudgedBy, _own)
            && (destination.DirectoryVersion == version || destination.Belief == AddressBelief.OnlyFromLoopback))
        {
            return;
        }

        AddressBelief belief = Believe(toward, remote, _own);
        bool isOwn = belief.IsBelieved() && (_own.IsOurs(remote) || directory.Find(remote) is not null);
        if (isOwn || destination.OwnPort is not null)
        {
            directory.Publish(destination, isOwn ? remote : default);
            version = directory.Version;
        }

        if (isOwn)
        {
            // Looked at again: another worker may have closed a circle with us at the same moment.
            belief = Believe(toward, remote, _own);
            if (!belief.IsBelieved())
            {
                directory.Publish(destination, default);
            }
        }

        Tell(toward, remote, belief);
        destination.Keep(remote, belief, _own, version);
    }

    private AddressBelief Believe(RelayStream stream, in Endpoint address, OwnAddresses own)
    {
        AddressBelief belief = own.Judge(address, BoundOf(stream));
        if (!belief.IsBelieved() || directory.Find(address) is not { } port)
        {
            return belief;
        }

        return ReferenceEquals(port.Leg.Session, stream.Leg.Session) ? AddressBelief.OwnPort
            : directory.ComesBack(stream.Onward, address) ? AddressBelief.Circle
            : belief;
    }

    private AddressBelief BelieveCopy(RelayStream stream, in Endpoint target)
    {
        OwnAddresses own = directory.Own.Current;
        return own.Judge(target, BoundOf(stream)) == AddressBelief.OwnSocket ? AddressBelief.OwnSocket
            : directory.ComesBack(stream, target) ? AddressBelief.Circle
            : AddressBelief.Believed;
    }

    private AddressBelief Tell(RelayStream stream, in Endpoint address, AddressBelief belief)
    {
        if (!belief.IsBelieved())
        {
            TellOnce(stream, address, belief);
        }

        return belief;
    }

    /// <summary>Once for an address, and ten times for a stream: a sender can come from another one with every packet.</summary>
    private void TellOnce(RelayStream stream, in Endpoint address, AddressBelief belief)
    {
        if (stream.Destination.Told != address && stream.Destination.TimesTold < MaxTold)
        {
            stream.Destination.Told = address;
            stream.Destination.TimesTold++;
            events.On(new RelayEvent.AddressNotBelieved(stream, address, belief));
        }
    }

    /// <summary>What a stream's port is bound to, or would be.</summary>
    private static Endpoint BoundOf(RelayStream stream)
    {
        Leg leg = stream.Leg;
        Endpoint host = leg.LocalHost.IsKnown ? leg.LocalHost : Endpoint.From(leg.Local.Address, 0);
        return host.WithPort((ushort)(leg.PortNumber + (stream.Kind == StreamKind.Rtcp ? 1 : 0)));
    }
}
