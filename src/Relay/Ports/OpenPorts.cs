using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Snapshots;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Ports;

/// <summary>The ports of legs, and which stream is behind each.</summary>
/// <remarks>Owned by one worker.</remarks>
internal sealed class OpenPorts(
    RelayOptions options, IPortTable ports, DestinationJudge judge, Recorders recorders, IEventSink events)
{
    private RelayStream?[] _byPort = new RelayStream?[64];

    public RelayStream? StreamOf(PortId port) =>
        (uint)port.Value < (uint)_byPort.Length ? _byPort[port.Value] : null;

    /// <summary>Opens a pair for a leg that has none, or another one in its place. False, changing nothing, when there is none.</summary>
    public bool TryOpen(Leg leg)
    {
        if (!TryReserve(leg.Session.CallId, leg.Local, leg.Tos, out PortPair pair))
        {
            return false;
        }

        Give(leg, pair);
        return true;
    }

    /// <summary>Opens a pair that no leg has yet. False when there is none.</summary>
    /// <param name="tos">Null for the daemon's own.</param>
    public bool TryReserve(string callId, LocalAddress address, byte? tos, out PortPair pair)
    {
        PortOpening opening = ports.TryOpen(address, tos ?? options.Tos, out pair);
        if (opening != PortOpening.Opened)
        {
            events.On(new RelayEvent.PortsUnavailable(callId, address, opening));
            return false;
        }

        return true;
    }

    /// <summary>A pair that was reserved is not needed.</summary>
    public void Release(in PortPair pair) => ports.Close(pair);

    /// <summary>A pair that was reserved becomes that of a leg, in place of the one that it had.</summary>
    public void Give(Leg leg, in PortPair pair)
    {
        PortPair? old = leg.Ports;
        Close(leg);
        Attach(leg, pair);
        recorders.OnPortsOpened(leg);
        if (old is { } replaced)
        {
            events.On(new RelayEvent.PortsReplaced(leg, replaced.Number, pair.Number));
        }
    }

    /// <summary>The pair of one leg becomes that of another, which has none: whoever sends to it goes on doing so.</summary>
    public void Move(Leg from, Leg to)
    {
        if (from.Ports is not { } pair)
        {
            return;
        }

        judge.Withdraw(from);
        to.Local = from.Local;
        from.Detach();
        Attach(to, pair);
        recorders.OnPortsOpened(to);
    }

    /// <summary>Takes over the pair that a leg had, if it had one. False when it is gone.</summary>
    public bool TryTake(Leg leg, ushort number, IInheritance inheritance)
    {
        if (number == 0)
        {
            return true;
        }

        var host = Endpoint.From(leg.Local.Address, 0);
        bool isTaken = inheritance.TryTakePorts(leg.Session.Id.Worker, host, number, isHeard: true, out PortPair pair);
        if (isTaken)
        {
            Attach(leg, pair);
        }

        return isTaken;
    }

    /// <summary>All workers are to know again where packets for a party go, if to a port of ours.</summary>
    public void ResumeDestinations(Leg leg, LegSnapshot snapshot)
    {
        judge.Resume(leg.Rtp, snapshot.Rtp.OwnPort);
        judge.Resume(leg.Rtcp, snapshot.Rtcp.OwnPort);
    }

    public void Close(Leg leg)
    {
        if (leg.Ports is not { } pair)
        {
            return;
        }

        Map(pair.Rtp, null);
        Map(pair.Rtcp, null);
        judge.Withdraw(leg);
        leg.Detach();
        ports.Close(pair);
    }

    private void Attach(Leg leg, in PortPair pair)
    {
        leg.Attach(pair);
        Map(pair.Rtp, leg.Rtp);
        Map(pair.Rtcp, leg.Rtcp);
        judge.Publish(leg);
    }

    private void Map(PortId port, RelayStream? stream)
    {
        if (port.Value >= _byPort.Length)
        {
            Array.Resize(ref _byPort, Math.Max(port.Value + 1, _byPort.Length * 2));
        }

        _byPort[port.Value] = stream;
    }
}
