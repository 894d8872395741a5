using RtpProxy.Relay.Events;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Snapshots;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Recording;

/// <summary>Copies of what a party sends to another host (media rules, section 7.6).</summary>
/// <remarks>Owned by one worker.</remarks>
internal sealed class Copies(IPortTable ports, IEventSink events)
{
    /// <summary>Parties whose media is copied now.</summary>
    public int Count { get; private set; }

    /// <summary>From now on the party's media is also sent elsewhere: RTP to <paramref name="target"/>, RTCP to the next port.</summary>
    /// <param name="from">Our ports for it, which belong to the party from now on.</param>
    /// <param name="host">The address that those are bound to.</param>
    public void Start(Leg party, in PortPair from, in Endpoint host, in Endpoint target, bool withRtcp)
    {
        party.CopyPorts = from;
        party.CopyHost = host;
        Count++;
        Start(party.Rtp, new StreamCopy(from.Rtp, target));
        if (withRtcp)
        {
            Start(party.Rtcp, new StreamCopy(from.Rtcp, target.WithPort((ushort)(target.Port + 1))));
        }
    }

    /// <summary>Goes on with the copies of a party, if their ports are still there.</summary>
    public void Resume(Leg party, LegSnapshot snapshot, IInheritance inheritance)
    {
        int worker = party.Session.Id.Worker;
        if (snapshot.CopyPort != 0
            && inheritance.TryTakePorts(worker, snapshot.CopyHost, snapshot.CopyPort, isHeard: false, out PortPair from))
        {
            party.CopyPorts = from;
            party.CopyHost = snapshot.CopyHost;
            Count++;
            party.Rtp.Copy = snapshot.Rtp.NewCopy(from.Rtp);
            party.Rtcp.Copy = snapshot.Rtcp.NewCopy(from.Rtcp);
        }
    }

    public void Stop(Leg party)
    {
        if (party.CopyPorts is { } from)
        {
            Stop(party.Rtcp);
            Stop(party.Rtp);
            party.CopyPorts = null;
            Count--;
            ports.Close(from);
        }
    }

    public void Send<TSink>(in Passage passage, StreamCopy copy, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        SendOutcome outcome = sink.Send(copy.From, copy.To, passage.Bytes);
        if (outcome != SendOutcome.Sent && !copy.IsRefusalTold)
        {
            copy.IsRefusalTold = true;
            events.On(new RelayEvent.CopyRefused(passage.Stream, copy.To, outcome));
        }
    }

    private void Start(RelayStream stream, StreamCopy copy)
    {
        stream.Copy = copy;
        events.On(new RelayEvent.RecordingStarted(stream));
    }

    private void Stop(RelayStream stream)
    {
        if (stream.Copy is not null)
        {
            events.On(new RelayEvent.RecordingStopped(stream));
            stream.Copy = null;
        }
    }
}
